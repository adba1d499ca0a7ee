using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;
using SyncHealth.Testing.Faults;

namespace SyncHealth.Client.Tests.Durability;

/// <summary>A8: a device that records for thirty days and reaches nobody.</summary>
public sealed class LongOfflineTests
{
    private const int EventsPerMinute = 20;

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    [Fact]
    public void Offline_ForThirtyDays_KeepsTheNewestWithinTheDiskAndTellsEveryLoss()
    {
        var goal = new Goal("A8");
        var days = FaultScale.Of(test: 1, faults: 30, deep: 90);
        // A plain run has fewer events, so that its disk is smaller too: both meet their limit.
        var limit = FaultScale.Of(test: 4 * 1024 * 1024, faults: 10 * 1024 * 1024, deep: 10 * 1024 * 1024);
        using var folder = new TempFolder();
        var time = Some.Clock();
        using var queue = Some.Queue(folder.FullPath, time, Some.Limits(limit));
        var most = 0L;
        for (var step = 0; step < days * (TimeSpan.FromDays(1) / Step); step++)
        {
            Assert.True(queue.Append([.. Enumerable.Range(0, EventsPerMinute * (int)Step.TotalMinutes).Select(_ => Some.Record(time.GetUtcNow()))], Some.NoDrops), queue.Problem);
            if (step % 3 == 0 && queue.Take() is not null)
                queue.Release();
            most = Math.Max(most, new DirectoryInfo(folder.FullPath).GetFiles().Sum(file => file.Length));
            Assert.InRange(most, 1, limit * 11L / 10);
            time.Advance(Step);
        }

        var issued = queue.Books!.Issued;
        var arrived = new List<long>();
        var told = new Dictionary<string, long>();
        foreach (var batch in QueueLife.Drain(queue))
        {
            arrived.AddRange(QueueLife.Names(batch).Select(name => name.Seq));
            foreach (var (reason, count) in batch.Dropped)
                told[reason] = told.GetValueOrDefault(reason) + count;
        }

        // The newest arrive, without a gap; everything before them was told.
        Assert.Equal(Enumerable.Range(0, arrived.Count).Select(i => issued - arrived.Count + 1 + i), arrived);
        Assert.Equal(issued - arrived.Count, told.Values.Sum());
        Assert.Equal([DropReasons.QueueFull], told.Keys);
        goal.Reached($"{days} days, {issued} events, at most {most / 1024} KiB of {limit / 1024} on disk, {arrived.Count} arrived and {told.Values.Sum()} were told as dropped");
    }
}
