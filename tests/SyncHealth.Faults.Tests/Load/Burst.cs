using SyncHealth.Faults.Tests.SeededBugs;
using SyncHealth.Faults.Tests.Support;
using SyncHealth.Testing;
using SyncHealth.Testing.Oracle;

namespace SyncHealth.Faults.Tests.Load;

/// <summary>More requests at once than a deliberately small queue takes.</summary>
internal static class Burst
{
    private const int Requests = 200;
    private const int QueuedEvents = 100;
    private const int BatchSize = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Sends them all at once, then what was refused until it is taken.</summary>
    public static async Task<OracleSender> SendAsync(TestDatabase database, SeededBug bug)
    {
        await using var stage = await IngestStage.StartAsync(database.ConnectionString, new StageSettings
        {
            RunLoops = false,
            Bug = bug,
            Storage = storage => (storage.MaxQueuedEvents, storage.MaxGroupEvents, storage.WriterConnections) = (QueuedEvents, QueuedEvents, 1),
        });
        var ledger = new Ledger("oracle", TimeProvider.System.GetUtcNow());
        var sender = new OracleSender(stage.Http, IngestStage.Key, ledger);
        await Task.WhenAll(Enumerable.Range(0, Requests).Select(_ => sender.SendNewAsync(BatchSize, CancellationToken.None)));
        await sender.DrainAsync(Patience);
        return await OracleJudge.JudgeAsync(ledger, database.DataSource) == OracleVerdict.Sound
            ? sender
            : throw new InvalidOperationException("An event of the burst is lost or counted twice.");
    }
}
