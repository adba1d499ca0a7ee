using System.Diagnostics;
using System.Globalization;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Testing.Faults;

namespace SyncHealth.Client.Tests.Durability;

/// <summary>A11: several real processes on one folder, one of them frozen while it holds its file, one killed.</summary>
public sealed class SharedFolderTests
{
    private const int EventsOfEach = 70;

    /// <summary>Commits that each of them reports.</summary>
    private const int Lines = 10;

    /// <summary>Numbers of one app, so that all differ.</summary>
    private const int Apart = 100_000;

    /// <summary>Schedules beside one another: a life waits for its processes and its disk more than it works.</summary>
    private const int AtATime = 4;

    /// <summary>For a deadlock only.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Schedules_OfFreezesAndKills_LoseNothingAndDoubleNothing()
    {
        var goal = new Goal("A11");
        var schedules = FaultScale.Of(test: 2, faults: 200, deep: 2_000);
        var files = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, schedules), new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (schedule, _) =>
        {
            Interlocked.Add(ref files, await LiveAsync((FaultScale.Seed * 10_000) + schedule));
            goal.Step(schedules);
        });
        goal.Reached($"{schedules} schedules of three processes on one folder, one frozen and one killed in each, {files} queue files, no committed event lost, none doubled");
    }

    private static async Task<int> LiveAsync(int seed)
    {
        var random = new Random(seed);
        using var folder = new TempFolder();
        using var ingest = new LoopbackIngest(seed);
        using var frozen = Start(folder, ingest, 0);
        using var killed = Start(folder, ingest, 1);
        var committed = new List<int>();
        committed.AddRange(await ReadAsync(frozen, random.Next(1, Lines)));
        Signals.Freeze(frozen);
        committed.AddRange(await ReadAsync(killed, random.Next(1, Lines)));
        using var late = Start(folder, ingest, 2);
        committed.AddRange(await ReadAsync(late, random.Next(1, Lines)));
        killed.Kill();
        Signals.Thaw(frozen);
        foreach (var app in new[] { frozen, late })
            committed.AddRange(await EndAsync(app));
        committed.AddRange(await ReadAsync(killed, int.MaxValue));
        var files = Directory.GetFiles(folder.FullPath, "queue*.db").Length;
        await DrainAsync(folder, ingest, files);

        var arrived = ingest.Codes.Values.Select(code => int.Parse(code, CultureInfo.InvariantCulture)).ToList();
        Assert.Empty(committed.SelectMany(UpTo).Except(arrived));
        Assert.Equal(arrived.Count, arrived.Distinct().Count());
        Assert.Equal(files, ingest.Devices.Count);
        Assert.Equal(0, ingest.RepeatedAttempts);
        return files;
    }

    // One for each file, all at once: each takes the first that is free, sends what it holds, and keeps it until it is told to end.
    private static async Task DrainAsync(TempFolder folder, LoopbackIngest ingest, int files)
    {
        var apps = new List<Process>();
        for (var file = 0; file < files; file++)
        {
            apps.Add(KilledApp.Start("app", folder, ingest.Address, 0, 0));
            Assert.Equal(KilledApp.Sent, await apps[^1].StandardOutput.ReadLineAsync());
        }

        foreach (var app in apps)
            await EndAsync(app);
        apps.ForEach(app => app.Dispose());
    }

    private static Process Start(TempFolder folder, LoopbackIngest ingest, int place) => KilledApp.Start("app", folder, ingest.Address, place * Apart, EventsOfEach);

    private static async Task<List<int>> ReadAsync(Process app, int lines)
    {
        var said = new List<int>();
        while (said.Count < lines && await app.StandardOutput.ReadLineAsync() is { } line)
            if (line != KilledApp.Sent)
                said.Add(int.Parse(line, CultureInfo.InvariantCulture));
        return said;
    }

    private static async Task<List<int>> EndAsync(Process app)
    {
        app.StandardInput.Close();
        var said = await ReadAsync(app, int.MaxValue);
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        await app.WaitForExitAsync(patience.Token);
        Assert.Equal(0, app.ExitCode);
        return said;
    }

    // A commit covers all events of that app up to it.
    private static IEnumerable<int> UpTo(int last) => Enumerable.Range(last / Apart * Apart, (last % Apart) + 1);
}
