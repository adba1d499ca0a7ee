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
        for (var life = 0; life < lives; life++)
            await LiveAsync(1 + (life * operations / lives));
        goal.Reached($"killed at {lives} of the {operations} operations of a disk, no committed event lost, none doubled");
    }

    /// <summary>Lives until the k-th operation, starts again, and says how many operations there were.</summary>
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
            Assert.Equal(k == 0, app.ExitCode == 0);
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
