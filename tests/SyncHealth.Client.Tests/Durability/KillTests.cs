using System.Globalization;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Testing.Faults;

namespace SyncHealth.Client.Tests.Durability;

/// <summary>A real app on a real disk against a real socket, killed with SIGKILL at random moments.</summary>
public sealed class KillTests
{
    private static readonly int Kills = FaultScale.Of(test: 6, faults: 60, deep: 1_000);
    private const int EventsPerLife = 100_000;

    /// <summary>Lives of one course, after which one lives to send what the others have left: many more would leave more than a queue holds, and the oldest would go.</summary>
    private const int LivesOfACourse = 60;

    [Fact]
    public async Task Kill_BetweenRecordAndSend_LosesNothingThatWasCommitted()
    {
        var goal = new Goal("A1");
        var (told, arrived) = (0, 0);
        for (var done = 0; done < Kills; done += LivesOfACourse)
        {
            var course = await RunCourseAsync(seed: FaultScale.Seed + done, Math.Min(LivesOfACourse, Kills - done), () => goal.Step(Kills));
            (told, arrived) = (told + course.Told, arrived + course.Arrived);
        }

        goal.Reached($"killed {Kills} times at random points, {told} commits told of, {arrived} events arrived, none lost, none doubled");
    }

    [Fact]
    public async Task TwoApps_OnOneFolder_StayApartAndLoseNothing()
    {
        using var folder = new TempFolder();
        using var ingest = new LoopbackIngest(seed: 3);
        using var one = KilledApp.Start("app", folder, ingest.Address, 0, 1000);
        using var two = KilledApp.Start("app", folder, ingest.Address, EventsPerLife, 1000);
        Assert.NotNull(await one.StandardOutput.ReadLineAsync());
        Assert.NotNull(await two.StandardOutput.ReadLineAsync());
        // Both have their file: now either may end.
        one.StandardInput.Close();
        two.StandardInput.Close();

        await Task.WhenAll(one.StandardOutput.ReadToEndAsync(), two.StandardOutput.ReadToEndAsync(), one.WaitForExitAsync(), two.WaitForExitAsync());

        Assert.Equal((0, 0), (one.ExitCode, two.ExitCode));
        Assert.Equal(2000, ingest.Codes.Values.Distinct().Count());
        Assert.Equal(2000, ingest.Codes.Count);
        Assert.Equal(2, ingest.Devices.Count);
    }

    private static async Task<(int Told, int Arrived)> RunCourseAsync(int seed, int lives, Action killed)
    {
        using var folder = new TempFolder();
        using var ingest = new LoopbackIngest(seed);
        var random = new Random(seed + 1);
        var committed = new List<int>();
        for (var life = 0; life < lives; life++)
        {
            committed.AddRange(await LiveAndDieAsync(folder, ingest, life * EventsPerLife, random.Next(1, 60)));
            killed();
        }

        using (var app = KilledApp.Start("app", folder, ingest.Address, 0, 0))
        {
            app.StandardInput.Close();
            await app.WaitForExitAsync();
            Assert.Equal(0, app.ExitCode);
        }

        var arrived = ingest.Codes.Values.Select(code => int.Parse(code, CultureInfo.InvariantCulture)).ToList();
        var lost = committed.SelectMany(UpTo).Except(arrived).ToList();
        Assert.True(committed.Count > lives, "the app was killed before it had done anything");
        Assert.True(lost.Count == 0, $"lost: {string.Join(' ', lost.Take(20))}");
        Assert.Equal(arrived.Count, arrived.Distinct().Count());
        Assert.Equal(Enumerable.Range(1, arrived.Count).Select(seq => (long)seq), ingest.Seqs.Order());
        Assert.Single(ingest.Devices);
        Assert.True(ingest.Resent > 0, "no answer was lost: the test has lost its teeth");
        Assert.Equal(0, ingest.RepeatedAttempts);
        return (committed.Count, arrived.Count);
    }

    /// <summary>Runs the app until it has said <paramref name="lines"/> times that its events are safe, then kills it.</summary>
    private static async Task<List<int>> LiveAndDieAsync(TempFolder folder, LoopbackIngest ingest, int first, int lines)
    {
        var said = new List<int>();
        using var app = KilledApp.Start("app", folder, ingest.Address, first, EventsPerLife);
        while (said.Count < lines && await app.StandardOutput.ReadLineAsync() is { } line)
            said.Add(int.Parse(line, CultureInfo.InvariantCulture));
        app.Kill();
        // What it said before it died counts as well.
        while (await app.StandardOutput.ReadLineAsync() is { } line)
            if (int.TryParse(line, CultureInfo.InvariantCulture, out var last))
                said.Add(last);
        await app.WaitForExitAsync();
        return said;
    }

    // A commit covers all events of that life up to it.
    private static IEnumerable<int> UpTo(int last) => Enumerable.Range(last / EventsPerLife * EventsPerLife, (last % EventsPerLife) + 1);
}
