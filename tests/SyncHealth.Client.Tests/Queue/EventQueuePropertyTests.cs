using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Client.Queue;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Tests.Queue;

/// <summary>Random lives of a queue, restarts included: the books balance after every step, and no event leaves twice.</summary>
public sealed class EventQueuePropertyTests
{
    private const int Steps = 8;

    [Fact]
    public void AnyLife_BooksBalanceAndNothingIsSettledTwice()
    {
        var lives = Gen.Choose(0, Steps - 1).ListOf(20).Select(steps => steps.ToArray());

        Prop.ForAll(lives.ToArbitrary(), steps => Live(steps)).Check(Config.QuickThrowOnFailure.WithMaxTest(30).WithQuietOnSuccess(true));
    }

    private static bool Live(int[] steps)
    {
        using var folder = new TempFolder();
        var time = Some.Clock();
        var limits = Some.Limits(bytes: 64 * 1024, batchSize: 16);
        var queue = Some.Queue(folder.FullPath, time, limits);
        var settled = new HashSet<string>(StringComparer.Ordinal);
        long recorded = 0, lost = 0;
        try
        {
            foreach (var step in steps)
            {
                switch (step)
                {
                    case 0 or 1:
                        queue.Append(Some.Records(37), Some.NoDrops);
                        recorded += 37;
                        break;
                    case 2:
                        queue.Append([], new Dictionary<string, long> { [DropReasons.BufferFull] = 3 });
                        lost += 3;
                        break;
                    case 3:
                        queue.Dispose();
                        queue = Some.Queue(folder.FullPath, time, limits);
                        queue.TryOpen();
                        break;
                    case 4:
                        time.Advance(TimeSpan.FromDays(11));
                        break;
                    default:
                        if (queue.Take() is { } batch && !Use(queue, batch, step, settled))
                            return false;
                        break;
                }

                if (queue.Books is { } books && (books.Lost != books.Queued || books.Issued != recorded + lost))
                    return false;
            }

            return true;
        }
        finally
        {
            queue.Dispose();
        }
    }

    private static bool Use(EventQueue queue, QueuedBatch batch, int step, HashSet<string> settled)
    {
        switch (step)
        {
            case 5:
                queue.Settle(batch, 0);
                return batch.Events.All(e => settled.Add(Convert.ToBase64String(e.Json)));
            case 6 when batch.Events.Count > 1:
                queue.Halve(batch);
                return true;
            case 6:
                queue.GiveUp(batch, DropReasons.Poison);
                return true;
            default:
                queue.Release();
                return true;
        }
    }
}
