using SyncHealth.Client.Queue;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;
using SyncHealth.Testing;

namespace SyncHealth.Client.Tests.Queue;

/// <summary>Losses that the server may know of, or that may be none: each keeps its name whoever tells it, and says where its events would be.</summary>
public sealed class LossBookTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualTimeProvider _time = Some.Clock();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Trim_BatchThatWasSent_SaysWhereItsEventsWouldBe()
    {
        using var queue = Open();
        Record(queue, 20);
        queue.Take();
        queue.Release();
        _time.Advance(TimeSpan.FromMinutes(5));
        Record(queue, 500);

        var loss = Assert.Single(queue.Take()!.Dropped);

        Assert.Equal(DropReasons.QueueFull, loss.Reason);
        Assert.NotNull(loss.Report);
        var lost = queue.Books!.Dropped[DropReasons.QueueFull];
        Assert.Equal(lost, loss.Count);
        // What followed right behind it, unsent, is in the same account: there is no hole in which a delivered event could be.
        Assert.Equal(new DoubtfulRange(1, lost, Some.Now.ToUnixTimeMilliseconds(), _time.GetUtcNow().ToUnixTimeMilliseconds()), loss.Doubt);
    }

    [Fact]
    public void Trim_EventsThatNeverLeft_AreLostForSure()
    {
        using var queue = Open();
        Record(queue, 500);

        var loss = Assert.Single(queue.Take()!.Dropped);

        Assert.Equal((null, null), (loss.Report, loss.Doubt));
        Assert.Equal(queue.Books!.Dropped[DropReasons.QueueFull], loss.Count);
    }

    [Fact]
    public void Trim_BatchThatToldALoss_LeavesItToAnotherUnderItsName()
    {
        using var queue = Open();
        queue.Append(Some.Records(5), new Dictionary<string, long> { [DropReasons.BufferFull] = 7 });
        var told = queue.Take()!;
        queue.Release();
        Record(queue, 500);

        var again = queue.Take()!.Dropped;

        Assert.Contains(new QueuedLoss(DropReasons.BufferFull, 7) { Report = told.Key }, again);
        Assert.Equal(2, again.Count(loss => loss.Report is not null));
    }

    [Fact]
    public void Trim_LossToldOnceAlready_GrowsNoMore()
    {
        using var queue = Open();
        Record(queue, 500);
        var names = new HashSet<(string, long)>();
        var told = new Dictionary<string, long>();
        for (var round = 0; round < 6; round++)
        {
            foreach (var loss in queue.Take()!.Dropped.Where(loss => loss.Report is not null))
            {
                names.Add((loss.Report!, loss.Count));
                told[loss.Report!] = loss.Count;
            }

            queue.Release();
            Record(queue, 500);
        }

        Assert.True(names.Count > 1);
        Assert.Equal(told.Count, names.Count);
    }

    [Fact]
    public void Halve_BatchThatToldALoss_KeepsItsName()
    {
        using var queue = Open();
        queue.Append(Some.Records(5), new Dictionary<string, long> { [DropReasons.BufferFull] = 7 });
        var whole = queue.Take()!;
        queue.Halve(whole);

        Assert.Equal([new QueuedLoss(DropReasons.BufferFull, 7) { Report = whole.Key }], queue.Take()!.Dropped);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void GiveUp_Refused_IsInDoubtOnlyWhereItWasSentBefore(int unanswered, bool doubtful)
    {
        using var queue = Open();
        Record(queue, 1);
        for (var i = 0; i < unanswered; i++)
        {
            queue.Take();
            queue.Release();
        }

        queue.GiveUp(queue.Take()!, DropReasons.Poison);
        Record(queue, 1);

        Assert.Equal(doubtful, Assert.Single(queue.Take()!.Dropped).Doubt is not null);
    }

    [Fact]
    public void Halve_SentBefore_ItsHalvesHaveBeenSentToo()
    {
        using var queue = Open();
        Record(queue, 2);
        queue.Take();
        queue.Release();
        queue.Halve(queue.Take()!);
        var half = queue.Take()!;
        Assert.Equal(2, half.Attempt);

        queue.GiveUp(half, DropReasons.Poison);
        queue.Settle(queue.Take()!, 0);
        Record(queue, 1);

        Assert.Equal(1, queue.Take()!.Dropped[0].Doubt!.FirstSeq);
    }

    [Fact]
    public void Trim_DeliveredBatchBetween_IsInNoAccount()
    {
        using var queue = Open();
        Record(queue, 48);
        queue.Hold(queue.Take()!, TimeSpan.FromHours(1));
        queue.Settle(queue.Take()!, 0);
        queue.Take();
        queue.Release();
        Record(queue, 500);

        var ranges = queue.Take()!.Dropped.Select(loss => (loss.Doubt!.FirstSeq, loss.Doubt.LastSeq)).ToArray();

        Assert.Equal((1, 16), ranges[0]);
        Assert.Equal(33, ranges[1].FirstSeq);
    }

    [Fact]
    public void Forget_LossesInDoubt_AreGoneWithTheIdentity()
    {
        using var queue = Open();
        Record(queue, 20);
        queue.Take();
        queue.Release();
        Record(queue, 500);

        Assert.True(queue.Forget());
        Record(queue, 1);

        Assert.Empty(queue.Take()!.Dropped);
    }

    private EventQueue Open() => Some.Queue(_folder.FullPath, _time, Some.Limits(bytes: 64 * 1024, batchSize: 16));

    private void Record(EventQueue queue, int count) =>
        Assert.True(queue.Append([.. Enumerable.Range(0, count).Select(_ => Some.Record(_time.GetUtcNow()))], Some.NoDrops), queue.Problem);
}
