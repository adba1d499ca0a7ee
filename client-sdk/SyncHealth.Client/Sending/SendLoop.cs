using SyncHealth.Client.Diagnostics;
using SyncHealth.Client.Queue;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Sending;

/// <summary>Sends batches when they are due and settles them by the answer.</summary>
internal sealed class SendLoop(EventQueue queue, BatchSender sender, SendPace pace, RetrySchedule retries, Uptime uptime, Alarm alarm, Announcer announcer, Func<SendConditions>? conditions, Action<ServerSettings> obey) : IDisposable
{
    /// <summary>Tries after a 500 before the batch is given up: a defect of the server's is not mended by asking.</summary>
    internal const int MaxServerErrors = 3;

    /// <summary>Least pause before a batch that met a 500 is sent again.</summary>
    internal static readonly TimeSpan ServerErrorPause = TimeSpan.FromHours(1);

    /// <summary>Single events refused in a row, without one accepted between, before the refusal is taken for a mistake about all of them.</summary>
    internal const int MaxPoisonRun = 10;

    /// <summary>Least further sleep when a timer came before the monotonic clock says so: on devices that doze, and simulated ones, the two run apart.</summary>
    private static readonly TimeSpan EarlyTimerPause = TimeSpan.FromSeconds(1);

    /// <summary>Pause after something threw that should not, in real time: the clock may be what threw.</summary>
    private static readonly TimeSpan RecoveryPause = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly Alarm _recovery = new(TimeProvider.System);
    private readonly List<TaskCompletionSource<bool>> _flushes = [];
    private int _poisonRun;
    private bool _ended;

    // Every batch is held back until then, unless events are issued that no batch holds.
    private (long Issued, TimeSpan Until)? _allHeld;

    /// <summary>When the server last confirmed a batch.</summary>
    internal DateTimeOffset? LastSentAt { get; private set; }

    /// <summary>What went wrong with the last request; <see langword="null"/> when it was delivered.</summary>
    internal string? Problem { get; private set; }

    /// <summary>Sends all that is queued; the answer says whether the queue is empty.</summary>
    internal Task<bool> FlushAsync()
    {
        var flush = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_ended)
                return Task.FromResult(false);
            _flushes.Add(flush);
        }

        alarm.Set();
        return flush.Task;
    }

    /// <summary>Tells what was lost of a queue that holds no event to tell it with. Not while the loop runs.</summary>
    /// <returns>Whether nothing is left to tell.</returns>
    internal async Task<bool> TellLossesAsync(CancellationToken stopping)
    {
        // OpenTelemetry has losses only as attributes of an event.
        while (sender.TellsWithoutEvents && queue.TakeAccount() is { } account)
        {
            var answer = await sender.SendAsync(account, stopping).ConfigureAwait(false);
            if (answer.Kind != AnswerKind.Delivered || !queue.Settle(account, rejected: 0))
            {
                queue.Release();
                return false;
            }
        }

        return queue.Problem is null;
    }

    /// <summary>Runs until cancelled, whatever is thrown at it.</summary>
    internal async Task RunAsync(CancellationToken stopping)
    {
        var signalled = true;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                signalled = await StepAsync(signalled, stopping).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Clock and handler may be the host's own: a loop that dies of them would send nothing until the next start.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Problem = exception.Message;
                PutOff();
                await _recovery.WaitAsync(RecoveryPause).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The loop is cancelled: it sleeps no more.</summary>
    internal void Stop()
    {
        alarm.Set();
        _recovery.Set();
    }

    public void Dispose() => _recovery.Dispose();

    /// <summary>Sends, answers or sleeps, and says whether the loop goes on because of a signal.</summary>
    private async Task<bool> StepAsync(bool signalled, CancellationToken stopping)
    {
        var queued = queue.Books?.Queued ?? 0;
        var flushing = Flushing;
        if (flushing && (queued == 0 || pace.IsHeld(uptime.Now)))
        {
            AnswerFlushes(queue.Books is not null && queued == 0);
            return signalled;
        }

        var wait = flushing ? TimeSpan.Zero : UntilNext(queued);
        if (wait != TimeSpan.Zero)
            return await alarm.WaitAsync(signalled || wait > EarlyTimerPause ? wait : EarlyTimerPause).ConfigureAwait(false);
        await SendOneAsync(stopping).ConfigureAwait(false);
        return signalled;
    }

    /// <summary>Answers whoever still waits for a flush, now that the loop has ended.</summary>
    internal void End()
    {
        lock (_gate)
            _ended = true;
        AnswerFlushes(false);
    }

    private void AnswerFlushes(bool empty)
    {
        List<TaskCompletionSource<bool>> waiting;
        lock (_gate)
        {
            waiting = [.. _flushes];
            _flushes.Clear();
        }

        foreach (var flush in waiting)
            flush.TrySetResult(empty);
    }

    private bool Flushing
    {
        get
        {
            lock (_gate)
                return _flushes.Count > 0;
        }
    }

    private TimeSpan? UntilNext(long queued)
    {
        var now = uptime.Now;
        if (_allHeld is { } held && held.Issued == queue.Books?.Issued && held.Until > now)
            return held.Until - now;
        return pace.UntilNext(now, queued, Conditions(), queue.Books?.Issued ?? 0);
    }

    /// <summary>What the device says about sending now.</summary>
    internal SendConditions Conditions()
    {
        try
        {
            return conditions?.Invoke() ?? SendConditions.None;
        }
#pragma warning disable CA1031 // Whatever the host's code throws, telemetry goes on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Problem = exception.Message;
            return SendConditions.None;
        }
    }

    private async Task SendOneAsync(CancellationToken stopping)
    {
        var newest = queue.Books is { } books && pace.WantsNewest(uptime.Now, books.Queued, books.Issued);
        if (queue.Take(newest) is not { } batch)
        {
            NothingDue();
            return;
        }

        try
        {
            var answer = await sender.SendAsync(batch, stopping).ConfigureAwait(false);
            Problem = answer.Problem;
            Settle(batch, answer, newest);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Outcome unknown: the batch stays, and leaves under the same key after the next start.
            queue.Release();
        }
    }

    // All batches are held back, or the disk does not answer.
    private void NothingDue()
    {
        if (queue.Problem is null && queue.UntilDue() is { } due)
            _allHeld = (queue.Books!.Issued, uptime.Now + due);
        else if (queue.Books is { Queued: > 0 })
            pace.Failed(uptime.Now, null);
        AnswerFlushes(queue.Books is { Queued: 0 });
    }

    private void Settle(QueuedBatch batch, Answer answer, bool newest)
    {
        switch (answer.Kind)
        {
            case AnswerKind.Delivered:
                Delivered(batch, answer, newest);
                break;
            case AnswerKind.Malformed when _poisonRun < MaxPoisonRun:
                HalveOrGiveUp(batch, DropReasons.Poison);
                break;
            case AnswerKind.TooLarge:
                HalveOrGiveUp(batch, DropReasons.TooLarge);
                break;
            case AnswerKind.Unencodable when sender.Compresses:
                sender.Compresses = false;
                queue.Release();
                break;
            case AnswerKind.Unencodable when _poisonRun < MaxPoisonRun:
                HalveOrGiveUp(batch, DropReasons.Poison);
                break;
            case AnswerKind.ServerError:
                ServerFailed(batch);
                break;
            case AnswerKind.Retry:
                pace.Failed(uptime.Now, answer.RetryAfter);
                PutOff();
                break;
            default:
                Refused(answer);
                break;
        }
    }

    private void Delivered(QueuedBatch batch, Answer answer, bool newest)
    {
        _poisonRun = 0;
        if (answer.ServerTime is { } serverNow)
            uptime.Learn(serverNow);
        if (!queue.Settle(batch, answer.Rejected))
        {
            // Delivered but not booked: it will be sent again under its key, and not at once.
            pace.Failed(uptime.Now, null);
            AnswerFlushes(false);
            return;
        }

        pace.Delivered(uptime.Now, newest, batch.LastSeq);
        pace.Obey(uptime.Now, answer.Settings);
        obey(answer.Settings);
        LastSentAt = uptime.Wall;
        announcer.Over("key_refused");
    }

    private void HalveOrGiveUp(QueuedBatch batch, string reason)
    {
        if (batch.Events.Count > 1)
        {
            queue.Halve(batch);
            return;
        }

        if (reason == DropReasons.Poison)
            _poisonRun++;
        queue.GiveUp(batch, reason);
    }

    private void ServerFailed(QueuedBatch batch)
    {
        if (batch.ServerErrors >= MaxServerErrors)
            queue.GiveUp(batch, DropReasons.ServerError);
        else
            queue.Hold(batch, ServerErrorPause + retries.Draw(TimeSpan.FromTicks(ServerErrorPause.Ticks / 10)));
    }

    private void Refused(Answer answer)
    {
        // The next question may be about a mended server: it gets one more event, not another run of them.
        _poisonRun = Math.Min(_poisonRun, MaxPoisonRun - 1);
        pace.Refuse(uptime.Now);
        PutOff();
        announcer.Announce("key_refused", $"The server refuses this app's telemetry ({answer.Problem}); it is kept and offered again every hour. Check Endpoint and Key.");
    }

    private void PutOff()
    {
        queue.Release();
        AnswerFlushes(false);
    }
}
