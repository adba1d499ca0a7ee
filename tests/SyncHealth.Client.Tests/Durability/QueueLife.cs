using System.Text.Json;
using SyncHealth.Client.Queue;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Testing;

namespace SyncHealth.Client.Tests.Durability;

/// <summary>A fixed script of a queue's life: appends, batches sent, resent, halved and settled, restarts. Says at each step what was promised so far.</summary>
/// <param name="folder">Where the queue lives.</param>
/// <param name="operations">How many operations the disk has seen.</param>
internal sealed class QueueLife(string folder, Func<int> operations)
{
    private const int Rounds = 24;
    private const int EventsPerRound = 9;

    private readonly ManualTimeProvider _time = Some.Clock();

    /// <summary>After so many operations of the disk all events up to this number were promised.</summary>
    public List<(int Operations, long Issued)> Promises { get; } = [];

    /// <summary>After so many operations of the disk these events had left for the server.</summary>
    public List<(int Operations, long First, long Last)> Departures { get; } = [];

    /// <summary>Ids of all events, by number.</summary>
    public Dictionary<long, string> Ids { get; } = [];

    public static EventQueue Open(string folder, TimeProvider? time = null) => Some.Queue(folder, time, Some.Limits(batchSize: 20));

    public void Live()
    {
        var queue = Open(folder, _time);
        try
        {
            for (var round = 0; round < Rounds; round++)
            {
                Assert.True(queue.Append(Some.Records(EventsPerRound), Some.NoDrops), queue.Problem);
                Promises.Add((operations(), queue.Books!.Issued));
                if (round % 3 == 2)
                    Send(queue, round);
                if (round % 8 == 7)
                {
                    queue.Dispose();
                    queue = Open(folder, _time);
                }
            }

            foreach (var batch in Drain(queue))
                Depart(batch);
        }
        finally
        {
            queue.Dispose();
        }
    }

    /// <summary>Takes everything out of a queue.</summary>
    public static IEnumerable<QueuedBatch> Drain(EventQueue queue)
    {
        while (queue.Take() is { } batch)
        {
            yield return batch;
            Assert.True(queue.Settle(batch, 0), queue.Problem);
        }
    }

    /// <summary>Number and id of each event of a batch.</summary>
    public static IEnumerable<(long Seq, string Id)> Names(QueuedBatch batch)
    {
        foreach (var item in batch.Events)
        {
            using var json = JsonDocument.Parse(item.Json);
            yield return (json.RootElement.GetProperty("seq").GetInt64(), json.RootElement.GetProperty("id").GetString()!);
        }
    }

    private void Send(EventQueue queue, int round)
    {
        var batch = queue.Take()!;
        Depart(batch);
        switch (round % 4)
        {
            case 0:
                queue.Halve(batch);
                break;
            case 1:
                queue.Release();
                break;
            default:
                queue.Settle(batch, 0);
                break;
        }
    }

    private void Depart(QueuedBatch batch)
    {
        Departures.Add((operations(), batch.FirstSeq, batch.LastSeq));
        foreach (var (seq, id) in Names(batch))
            Ids[seq] = id;
    }
}
