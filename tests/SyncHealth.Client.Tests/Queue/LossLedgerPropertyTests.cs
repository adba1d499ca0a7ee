using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Client.Queue;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Tests.Queue;

/// <summary>Random lives of a queue that is too small, beside a server that loses answers: in the end issued = counted there + told as lost there, to the last event.</summary>
public sealed class LossLedgerPropertyTests
{
    private const int Steps = 11;
    private const int Restart = 2;

    /// <summary>Events of one step: two of them are more than the queue holds.</summary>
    private const int AtATime = 250;

    [Fact]
    public void AnyLife_WhatWasIssuedIsCountedOrTold()
    {
        var lives = Gen.Choose(0, Steps - 1).ListOf(40).Select(steps => steps.ToArray());

        Prop.ForAll(lives.ToArbitrary(), steps => Live(steps)).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithQuietOnSuccess(true));
    }

    [Fact]
    public void SentUnansweredAndTrimmed_IsCountedAndNotToldAsLost() => Assert.True(Live([0, 5, 0, 0, 0, 5, 0, 0, 0, 6]));

    private static bool Live(int[] steps)
    {
        using var folder = new TempFolder();
        var time = Some.Clock();
        var limits = Some.Limits(bytes: 64 * 1024, batchSize: 16);
        var server = new BookkeepingServer();
        var queue = Some.Queue(folder.FullPath, time, limits);
        long issued = 0;
        try
        {
            foreach (var step in steps)
            {
                switch (step)
                {
                    case 0 or 1:
                        queue.Append([.. Enumerable.Range(0, AtATime).Select(_ => Some.Record(time.GetUtcNow()))], Some.NoDrops);
                        issued += AtATime;
                        break;
                    case Restart:
                        queue.Dispose();
                        queue = Some.Queue(folder.FullPath, time, limits);
                        queue.TryOpen();
                        break;
                    case 3:
                        time.Advance(TimeSpan.FromDays(11));
                        break;
                    case 4:
                        queue.Append([], new Dictionary<string, long> { [DropReasons.BufferFull] = 3 });
                        issued += 3;
                        break;
                    default:
                        Send(queue, server, step);
                        break;
                }
            }

            queue.Append([Some.Record(time.GetUtcNow())], Some.NoDrops);
            Drain(queue, server);
            return queue.Books!.Issued == issued + 1 && server.Counted + server.Lost == issued + 1;
        }
        finally
        {
            queue.Dispose();
        }
    }

    private static void Send(EventQueue queue, BookkeepingServer server, int step)
    {
        if (queue.Take(newest: step % 2 == 0) is not { } batch)
            return;
        // Arrived, answered or not; refused; never arrived.
        if (step is 5 or 6 or 7)
            server.Receive(batch);
        switch (step)
        {
            case 6 or 7:
                queue.Settle(batch, 0);
                break;
            case 8 when batch.Events.Count > 1:
                queue.Halve(batch);
                break;
            case 8 or 9:
                queue.GiveUp(batch, DropReasons.ServerError);
                break;
            default:
                queue.Release();
                break;
        }
    }

    private static void Drain(EventQueue queue, BookkeepingServer server)
    {
        while (queue.Take() is { } batch)
        {
            server.Receive(batch);
            queue.Settle(batch, 0);
        }
    }
}
