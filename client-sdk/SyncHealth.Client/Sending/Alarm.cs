namespace SyncHealth.Client.Sending;

/// <summary>What a loop sleeps on: a signal, or a time. One waiter at a time; a signal without a waiter is kept.</summary>
internal sealed class Alarm(TimeProvider time) : IDisposable
{
    /// <summary>Longest single sleep: timers refuse more than some weeks; the loop just sleeps again.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    private readonly object _gate = new();
    private ITimer? _timer;
    private TaskCompletionSource<bool>? _waiter;
    private bool _set;

    /// <summary>Sleeps until a signal, at most <paramref name="delay"/>; <see langword="null"/> sleeps until a signal.</summary>
    /// <returns>Whether it was a signal that woke.</returns>
    internal Task<bool> WaitAsync(TimeSpan? delay)
    {
        Task<bool> waiting;
        lock (_gate)
        {
            if (_set)
            {
                _set = false;
                return Task.FromResult(true);
            }

            _waiter = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting = _waiter.Task;
        }

        // Made at the first timed sleep, and then kept: most alarms never need one.
        if (delay is { } sleep)
            (_timer ??= time.CreateTimer(static alarm => ((Alarm)alarm!).Wake(isSignal: false), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan))
                .Change(sleep < LongestSleep ? sleep : LongestSleep, Timeout.InfiniteTimeSpan);
        else
            _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return waiting;
    }

    internal void Set() => Wake(isSignal: true);

    public void Dispose() => _timer?.Dispose();

    private void Wake(bool isSignal)
    {
        TaskCompletionSource<bool>? waiter;
        lock (_gate)
        {
            waiter = _waiter;
            _waiter = null;
            _set = waiter is null && (isSignal || _set);
        }

        waiter?.TrySetResult(isSignal);
    }
}
