using SyncHealth.Client.Sending;

namespace SyncHealth.Client.Queue;

/// <summary>
/// Sends what other processes on the folder left behind: an extension that was removed, a service that died. Their files keep their own install and numbers; each is held
/// as an owner holds it while it is sent, so that whoever comes back to it finds it whole or finds it taken.
/// </summary>
/// <param name="own">Where our own queue lives; open.</param>
/// <param name="open">Opens the queue of a file.</param>
/// <param name="loopOf">A sending loop for it.</param>
/// <param name="isOffline">Whether the device says that there is no network.</param>
/// <param name="isOptedOut">Whether the user does not want any of it: then what was left is deleted.</param>
internal sealed class LeftQueues(
    QueueFolder own, Func<int, EventQueue> open, Func<EventQueue, Alarm, SendLoop> loopOf, Func<bool> isOffline, Func<bool> isOptedOut, TimeProvider time) : IDisposable
{
    /// <summary>Time between two looks. Each is one try of each file, so it is no less than a server may ask us to wait.</summary>
    internal static readonly TimeSpan LookInterval = SendPace.LongestAskedWait + TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _one = new(1);
    private readonly Alarm _pause = new(time);
    private volatile CancellationTokenSource _round = new();
    private volatile bool _mayBeLeft = true;

    /// <summary>What was thrown that should not have been, if something was.</summary>
    internal string? Problem { get; private set; }

    /// <summary>Looks now and every hour, until cancelled.</summary>
    internal async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                if (!isOffline())
                    await LookAsync(stopping).ConfigureAwait(false);
                if (!stopping.IsCancellationRequested)
                    await _pause.WaitAsync(LookInterval).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // The clock may be the host's own: what others left then waits for the next start.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Problem = exception.Message;
        }
    }

    /// <summary>Sends what the last look could not.</summary>
    /// <returns>Whether nothing is left that nobody holds.</returns>
    internal async Task<bool> FlushAsync(CancellationToken stopping) => !_mayBeLeft || await LookAsync(stopping).ConfigureAwait(false);

    /// <summary>The user has opted out: deletes what is left, whatever is being done with it.</summary>
    /// <returns>Whether nothing is left that nobody holds.</returns>
    internal Task<bool> ForgetAsync()
    {
        Cancel(_round);
        return LookAsync(CancellationToken.None);
    }

    /// <summary>The loop is cancelled: it sleeps no more.</summary>
    internal void Stop() => _pause.Set();

    /// <summary>Ends when nobody looks any more; looks are cancelled with the sending.</summary>
    internal async Task EndAsync()
    {
        await _one.WaitAsync().ConfigureAwait(false);
        _one.Release();
    }

    // Not the semaphore: a flush may still wait for it.
    public void Dispose()
    {
        _pause.Dispose();
        _round.Dispose();
    }

    private async Task<bool> LookAsync(CancellationToken stopping)
    {
        await _one.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            var forget = isOptedOut();
            if (forget)
                _round = new CancellationTokenSource();
            using var both = CancellationTokenSource.CreateLinkedTokenSource(stopping, _round.Token);
            var empty = true;
            foreach (var number in own.Others())
                empty &= forget ? Forget(number) : await SendAsync(number, both.Token).ConfigureAwait(false);
            _mayBeLeft = !empty;
            return empty;
        }
        finally
        {
            _one.Release();
        }
    }

    private bool Forget(int number)
    {
        using var queue = open(number);
        return !queue.TryOpen() || queue.Books is null or { Queued: 0, Dropped.Count: 0 } || queue.Forget();
    }

    private async Task<bool> SendAsync(int number, CancellationToken stopping)
    {
        if (stopping.IsCancellationRequested)
            return false;
        using var queue = open(number);
        // Held by a process that lives: nothing is to be done with it.
        if (!queue.TryOpen())
            return true;
        using var alarm = new Alarm(time);
        using var loop = loopOf(queue, alarm);
        return (queue.Books is not { Queued: > 0 } || await SendAsync(loop, stopping).ConfigureAwait(false)) && await TellAsync(loop, stopping).ConfigureAwait(false);
    }

    private static async Task<bool> SendAsync(SendLoop loop, CancellationToken stopping)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var running = loop.RunAsync(done.Token);
        var flush = loop.FlushAsync();
        await Task.WhenAny(flush, running).ConfigureAwait(false);
        Cancel(done);
        loop.Stop();
        await running.ConfigureAwait(false);
        loop.End();
        return await flush.ConfigureAwait(false);
    }

    private static async Task<bool> TellAsync(SendLoop loop, CancellationToken stopping)
    {
        try
        {
            return await loop.TellLossesAsync(stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
    }

    // CancelAsync does not exist on netstandard2.0; nobody else listens to these tokens.
#pragma warning disable CA1849
    private static void Cancel(CancellationTokenSource source) => source.Cancel();
#pragma warning restore CA1849
}
