using System.Text;
using SyncHealth.Client.Queue;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;
using SyncHealth.Testing;

namespace SyncHealth.Client.Tests.Queue;

public sealed class EventQueueTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualTimeProvider _time = Some.Clock();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Take_AfterRestart_GivesTheSameBatchUnderTheSameKey()
    {
        QueuedBatch before;
        using (var queue = Open())
        {
            queue.Append(Some.Records(3), Some.NoDrops);
            before = queue.Take()!;
        }

        using var restarted = Open();
        restarted.Append(Some.Records(2), Some.NoDrops);
        var after = restarted.Take()!;

        Assert.Equal(before.Key, after.Key);
        Assert.Equal((1, 2), (before.Attempt, after.Attempt));
        Assert.Equal(Texts(before), Texts(after));
    }

    [Fact]
    public void Append_AfterRestart_GoesOnWithIdentityAndNumbers()
    {
        string install;
        using (var queue = Open())
        {
            queue.Append(Some.Records(3), Some.NoDrops);
            queue.Settle(queue.Take()!, 1);
            install = queue.Books!.InstallId;
        }

        using var restarted = Open();
        restarted.Append(Some.Records(1), Some.NoDrops);

        Assert.Equal(install, restarted.Books!.InstallId);
        Assert.Equal((4L, 3L, 1L, 1L), (restarted.Books.Issued, restarted.Books.Sent, restarted.Books.Rejected, restarted.Books.Queued));
        Assert.Equal(4, restarted.Take()!.FirstSeq);
    }

    [Fact]
    public void Take_ResourceChanges_EndsTheBatchThere()
    {
        using var queue = Open();
        var newer = Some.Resource with { AppVersion = "3.0" };
        queue.Append([Some.Record(), Some.Record(), Some.Record(resource: newer)], Some.NoDrops);

        var first = queue.Take()!;
        queue.Settle(first, 0);
        var second = queue.Take()!;

        Assert.Equal((2, 1), (first.Events.Count, second.Events.Count));
        Assert.Contains("2.4.1", Encoding.UTF8.GetString(first.Resource), StringComparison.Ordinal);
        Assert.Contains("3.0", Encoding.UTF8.GetString(second.Resource), StringComparison.Ordinal);
    }

    [Fact]
    public void Take_MoreThanABatchHolds_TakesTheOldest()
    {
        using var queue = Open(Some.Limits(batchSize: 4));
        queue.Append(Some.Records(10), Some.NoDrops);

        var batch = queue.Take()!;

        Assert.Equal((1L, 4L, 4), (batch.FirstSeq, batch.LastSeq, batch.Events.Count));
    }

    [Fact]
    public void Append_WithLosses_GivesThemNumbersAndTellsThemOnce()
    {
        using var queue = Open();
        queue.Append(Some.Records(1), new Dictionary<string, long> { [DropReasons.BufferFull] = 5 });

        var first = queue.Take()!;
        queue.Settle(first, 0);
        queue.Append(Some.Records(1), Some.NoDrops);
        var second = queue.Take()!;

        Assert.Equal([new(DropReasons.BufferFull, 5)], first.Dropped);
        Assert.Empty(second.Dropped);
        Assert.Equal(7, second.FirstSeq);
        AssertBalanced(queue);
    }

    [Fact]
    public void GiveUp_BatchThatWasToTellLosses_LeavesThemToTheNext()
    {
        using var queue = Open();
        queue.Append(Some.Records(1), new Dictionary<string, long> { [DropReasons.BufferFull] = 5 });
        queue.GiveUp(queue.Take()!, DropReasons.Poison);
        queue.Append(Some.Records(1), Some.NoDrops);

        var next = queue.Take()!;

        Assert.Equal([new(DropReasons.BufferFull, 5), new(DropReasons.Poison, 1)], next.Dropped);
        AssertBalanced(queue);
    }

    [Fact]
    public void Halve_Batch_MakesTwoUnderNewKeysAndTellsLossesOnce()
    {
        using var queue = Open();
        queue.Append(Some.Records(5), new Dictionary<string, long> { [DropReasons.BufferFull] = 2 });
        var whole = queue.Take()!;
        queue.Halve(whole);

        var first = queue.Take()!;
        queue.Settle(first, 0);
        var second = queue.Take()!;

        Assert.Equal((2, 3), (first.Events.Count, second.Events.Count));
        Assert.Equal(3, new HashSet<string> { whole.Key, first.Key, second.Key }.Count);
        Assert.Equal((1, 0), (first.Dropped.Count, second.Dropped.Count));
        AssertBalanced(queue);
    }

    [Fact]
    public void Hold_Batch_LetsOthersGoAndComesBack()
    {
        using var queue = Open(Some.Limits(batchSize: 2));
        queue.Append(Some.Records(3), Some.NoDrops);
        var held = queue.Take()!;
        queue.Hold(held, TimeSpan.FromHours(1));

        var other = queue.Take()!;
        queue.Settle(other, 0);
        Assert.Null(queue.Take());
        Assert.Equal(TimeSpan.FromHours(1), queue.UntilDue());
        _time.Advance(TimeSpan.FromHours(1));
        var again = queue.Take()!;

        Assert.Equal(3, other.FirstSeq);
        Assert.Equal((held.Key, 1), (again.Key, again.ServerErrors));
    }

    [Fact]
    public void Append_OverTheByteLimit_DropsOldestAndCountsIt()
    {
        using var queue = Open(Some.Limits(bytes: 64 * 1024));
        for (var i = 0; i < 20; i++)
            queue.Append(Some.Records(50), Some.NoDrops);

        var books = queue.Books!;

        Assert.InRange(books.QueuedBytes, 60_000, 64 * 1024);
        Assert.Equal(1000 - books.Queued, books.Dropped[DropReasons.QueueFull]);
        Assert.Equal(1000 - books.Queued + 1, queue.Take()!.FirstSeq);
        AssertBalanced(queue);
    }

    [Fact]
    public void Append_FarOverTheDefaultLimit_KeepsTheFolderWithinTenPercentOfIt()
    {
        const long Limit = 10 * 1024 * 1024;
        using var queue = Open(Some.Limits(bytes: Limit));
        for (var i = 0; i < 50; i++)
        {
            queue.Append(Some.Records(1000), Some.NoDrops);
            Assert.InRange(new DirectoryInfo(_folder.FullPath).GetFiles().Sum(f => f.Length), 1, Limit * 11 / 10);
        }

        Assert.True(queue.Books!.Dropped[DropReasons.QueueFull] > 0);
        AssertBalanced(queue);
    }

    [Fact]
    public void Append_OverTheLimitWhileABatchIsOnTheWire_SparesIt()
    {
        using var queue = Open(Some.Limits(bytes: 64 * 1024, batchSize: 10));
        queue.Append(Some.Records(20), Some.NoDrops);
        var flying = queue.Take()!;

        queue.Append(Some.Records(1000), Some.NoDrops);
        queue.Settle(flying, 0);

        Assert.Equal(10, queue.Books!.Sent);
        AssertBalanced(queue);
    }

    [Fact]
    public void Append_OverTheLimitAfterAFailedSend_DropsThatBatchWhole()
    {
        using var queue = Open(Some.Limits(bytes: 64 * 1024, batchSize: 10));
        queue.Append(Some.Records(20), Some.NoDrops);
        var failed = queue.Take()!;
        queue.Release();

        queue.Append(Some.Records(1000), Some.NoDrops);

        Assert.NotEqual(failed.Key, queue.Take()!.Key);
        AssertBalanced(queue);
    }

    [Fact]
    public void Take_EventsPastTheirAge_DropsThemAndCountsIt()
    {
        using var queue = Open();
        queue.Append([Some.Record(_time.GetUtcNow())], Some.NoDrops);
        _time.Advance(TimeSpan.FromDays(20));
        queue.Append([Some.Record(_time.GetUtcNow())], Some.NoDrops);
        _time.Advance(TimeSpan.FromDays(11));

        var batch = queue.Take()!;

        Assert.Equal(2, batch.FirstSeq);
        Assert.Equal(1, queue.Books!.Dropped[DropReasons.Expired]);
        AssertBalanced(queue);
    }

    [Fact]
    public void GiveUp_MoreThanAHundredPoisonEvents_KeepsTheNewestHundred()
    {
        using var queue = Open(Some.Limits(batchSize: 1));
        queue.Append(Some.Records(105), Some.NoDrops);
        for (var i = 0; i < 105; i++)
            queue.GiveUp(queue.Take()!, DropReasons.Poison);

        Assert.Equal(105, queue.Books!.Dropped[DropReasons.Poison]);
        Assert.Equal(0, queue.Books.Queued);
        AssertBalanced(queue);
    }

    private EventQueue Open(QueueLimits? limits = null) => Some.Queue(_folder.FullPath, _time, limits);

    private static void AssertBalanced(EventQueue queue) => Assert.Equal(queue.Books!.Queued, queue.Books.Lost);

    private static IEnumerable<string> Texts(QueuedBatch batch) => batch.Events.Select(e => Encoding.UTF8.GetString(e.Json));
}
