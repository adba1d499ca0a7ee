using SyncHealth.Client.Queue;
using SyncHealth.Client.Tests.Support;

namespace SyncHealth.Client.Tests.Queue;

public sealed class NewestFirstTests : IDisposable
{
    private readonly EventQueue _queue = Some.Queue(limits: Some.Limits(batchSize: 10));

    public void Dispose() => _queue.Dispose();

    [Fact]
    public void Take_Newest_IsTheLastBatchInOrderOfRecording()
    {
        _queue.Append(Some.Records(95), Some.NoDrops);

        var batch = _queue.Take(newest: true)!;

        Assert.Equal((86L, 95L), (batch.FirstSeq, batch.LastSeq));
        Assert.Equal(Enumerable.Range(86, 10).Select(seq => (long)seq), Seqs(batch));
    }

    [Fact]
    public void Take_NewestUnanswered_IsTheSameBatchAgainWhateverWasRecordedSince()
    {
        _queue.Append(Some.Records(95), Some.NoDrops);
        var first = _queue.Take(newest: true)!;
        _queue.Release();
        _queue.Append(Some.Records(20), Some.NoDrops);

        var again = _queue.Take(newest: true)!;

        Assert.Equal((first.Key, 2), (again.Key, again.Attempt));
        _queue.Settle(again, 0);
        Assert.Equal(115, _queue.Take(newest: true)!.LastSeq);
    }

    [Fact]
    public void Take_NewestDelivered_LeavesTheRestFromItsBeginning()
    {
        _queue.Append(Some.Records(25), Some.NoDrops);
        _queue.Settle(_queue.Take(newest: true)!, 0);

        Assert.Equal([(1, 10), (11, 15)], Drain());
    }

    [Fact]
    public void Take_NewestOfAnotherResource_EndsThere()
    {
        _queue.Append(Some.Records(25), Some.NoDrops);
        _queue.Append([Some.Record(resource: Some.Resource with { AppVersion = "3.0" })], Some.NoDrops);

        var batch = _queue.Take(newest: true)!;

        Assert.Equal((26L, 26L), (batch.FirstSeq, batch.LastSeq));
    }

    [Fact]
    public void Take_NewestWhileAnOldBatchWaits_GoesBeforeItAndLeavesItWhole()
    {
        _queue.Append(Some.Records(25), Some.NoDrops);
        var old = _queue.Take()!;
        _queue.Release();

        _queue.Settle(_queue.Take(newest: true)!, 0);

        Assert.Equal([(1, 10), (11, 15)], Drain());
        Assert.Equal(1, old.FirstSeq);
    }

    [Fact]
    public void Take_NothingNewBeyondTheBatches_IsTheOldest()
    {
        _queue.Append(Some.Records(10), Some.NoDrops);
        var old = _queue.Take()!;
        _queue.Release();

        Assert.Equal(old.Key, _queue.Take(newest: true)!.Key);
    }

    private List<(long, long)> Drain()
    {
        var ranges = new List<(long, long)>();
        while (_queue.Take() is { } batch)
        {
            ranges.Add((batch.FirstSeq, batch.LastSeq));
            _queue.Settle(batch, 0);
        }

        return ranges;
    }

    private static IEnumerable<long> Seqs(QueuedBatch batch)
    {
        foreach (var item in batch.Events)
        {
            using var json = System.Text.Json.JsonDocument.Parse(item.Json);
            yield return json.RootElement.GetProperty("seq").GetInt64();
        }
    }
}
