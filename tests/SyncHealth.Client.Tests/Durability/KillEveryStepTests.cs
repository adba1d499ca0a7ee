using System.Globalization;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Testing.Faults;

namespace SyncHealth.Client.Tests.Durability;

/// <summary>A1: a real app is killed with SIGKILL at every operation of its disk in turn.</summary>
public sealed class KillEveryStepTests
{
    /// <summary>Events of one life: some durable, some sent, some neither.</summary>
    private const int Events = 40;

    [Fact]
    public async Task Kill_AtEveryDiskOperation_LosesNothingThatWasCommitted()
    {
        var goal = new Goal("A1");
        var operations = await LiveAsync(0);
        var lives = FaultScale.Of(test: 6, faults: operations, deep: operations);
        var killed = 0;
        for (var life = 0; life < lives; life++)
            if (await LiveAsync(1 + (life * operations / lives)) == 0)
                killed++;
        Assert.InRange(killed, lives * 9 / 10, lives);
        goal.Reached($"killed at {killed} of the {operations} operations of a disk, no committed event lost, none doubled");
    }

    /// <summary>
    /// Lives until the k-th operation and starts again. Says how many operations there were, 0 for a life that was killed: what happens at one time is
    /// committed together, so that one life has a few operations less than another, and no k-th one to die at.
    /// </summary>
    private static async Task<int> LiveAsync(int k)
    {
        using var folder = new TempFolder();
        using var ingest = new LoopbackIngest(seed: k + 1);
        var committed = 0;
        var operations = 0;
        using (var app = KilledApp.Start("disk", folder, ingest.Address, k, Events))
        {
            while (await app.StandardOutput.ReadLineAsync() is { } line)
                if (line.StartsWith("operations ", StringComparison.Ordinal))
                    operations = int.Parse(line.AsSpan("operations ".Length), CultureInfo.InvariantCulture);
                else
                    committed = int.Parse(line, CultureInfo.InvariantCulture);
            await app.WaitForExitAsync();
            Assert.Equal(k == 0 || (operations > 0 && operations < k), app.ExitCode == 0);
        }

        var options = Some.Options(null!, folder.FullPath);
        options.Endpoint = ingest.Address;
        await using (var restarted = SyncTelemetry.Create(options))
            await Eventually.TrueAsync(() => restarted.FlushAsync().GetAwaiter().GetResult(), "the rest is sent");

        var arrived = ingest.Codes.Values.Select(code => int.Parse(code, CultureInfo.InvariantCulture)).ToList();
        Assert.Empty(Enumerable.Range(1, committed).Except(arrived));
        Assert.Equal(arrived.Count, arrived.Distinct().Count());
        Assert.Equal(0, ingest.RepeatedAttempts);
        Assert.Empty(Directory.GetFiles(folder.FullPath, "*.damaged"));
        return operations;
    }
}
