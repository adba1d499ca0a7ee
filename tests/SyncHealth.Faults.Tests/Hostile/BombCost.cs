using SyncHealth.Contracts;
using SyncHealth.Faults.Tests.SeededBugs;
using SyncHealth.Faults.Tests.Support;
using SyncHealth.Testing;

namespace SyncHealth.Faults.Tests.Hostile;

/// <summary>What one bomb makes the edge allocate.</summary>
internal static class BombCost
{
    /// <summary>Twice the decompressed limit.</summary>
    public const long MaxBytes = 2L * EventLimits.MaxJsonBodyBytes;

    private const long BombBytes = 64L * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<long> MeasureAsync(TestDatabase database, SeededBug bug)
    {
        await using var stage = await IngestStage.StartAsync(database.ConnectionString, new StageSettings { RunLoops = false, Bug = bug });
        var request = RawHttp.Post("/v1/events", "application/json", Bombs.Zeros(BombBytes), "Content-Encoding: gzip\r\n");
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var status = await RawHttp.ExchangeAsync(stage.Port, request, Patience);
        var cost = GC.GetTotalAllocatedBytes(precise: true) - before;
        return status == 413 ? cost : throw new InvalidOperationException($"The bomb was answered with {status}.");
    }
}
