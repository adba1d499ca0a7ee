namespace SyncHealth.Dashboard.Live;

/// <summary>One question, its viewers and its loop. Not thread-safe by itself: the poller's lock guards everything but the loop.</summary>
internal sealed class PolledQuestion<TAnswer>(
    Func<CancellationToken, Task<TAnswer>> read, TimeSpan interval, TimeProvider pace, Func<Exception, string> describe)
    where TAnswer : class
{
    /// <summary>A database that takes longer is as good as away; the page says so instead of waiting.</summary>
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(20);

    /// <summary>So long an answer that nobody keeps up is shown to the next viewer, who reloads or steps back. What is older would pass for live.</summary>
    private static readonly TimeSpan MaxIdle = TimeSpan.FromMinutes(1);

    private Action<Reading<TAnswer>>? _viewers;
    private CancellationTokenSource? _running;
    private TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Reading<TAnswer> _latest = Reading<TAnswer>.None;
    private long _readAt;

    public Reading<TAnswer> Latest => _running is null && pace.GetElapsedTime(_readAt) > MaxIdle ? Reading<TAnswer>.None : _latest;

    public int Viewers => _viewers?.GetInvocationList().Length ?? 0;

    public void Add(Action<Reading<TAnswer>> viewer, CancellationToken stopping)
    {
        _viewers += viewer;
        if (_running is not null)
            return;
        _latest = Latest;
        _running = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var token = _running.Token;
        _ = Task.Run(() => RunAsync(token), CancellationToken.None);
    }

    public void Remove(Action<Reading<TAnswer>> viewer)
    {
        _viewers -= viewer;
        if (_viewers is not null)
            return;
        _running?.Cancel();
        _running?.Dispose();
        _running = null;
    }

    public void Wake() => Interlocked.Exchange(ref _wake, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    private async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var wake = _wake.Task;
            if (await ReadOnceAsync(stopping) is not { } reading)
                return;
            _readAt = pace.GetTimestamp();
            _latest = reading;
            _viewers?.Invoke(reading);
            await Task.WhenAny(wake, Task.Delay(interval, pace, stopping));
        }
    }

    private async Task<Reading<TAnswer>?> ReadOnceAsync(CancellationToken stopping)
    {
        using var timeout = new CancellationTokenSource(ReadTimeout, pace);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, timeout.Token);
        try
        {
            return new Reading<TAnswer>(await read(either.Token), null);
        }
        catch (Exception error) when (stopping.IsCancellationRequested)
        {
            _ = error; // nobody looks any more
            return null;
        }
        catch (Exception error)
        {
            return _latest with { Failure = describe(error) };
        }
    }
}
