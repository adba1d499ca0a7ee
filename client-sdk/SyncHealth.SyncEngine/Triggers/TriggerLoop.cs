using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Loop;

namespace SyncHealth.SyncEngine.Triggers;

/// <summary>Turns what happens on the device into cycles.</summary>
internal sealed class TriggerLoop
{
    private readonly Lock _lock = new();
    private readonly EngineOptions _options;
    private readonly SyncRunner _runner;
    private readonly TriggerPlan _plan;
    private TaskCompletionSource _news = NewSignal();

    public TriggerLoop(EngineOptions options, SyncRunner runner, Random random)
    {
        _options = options;
        _runner = runner;
        _plan = new TriggerPlan(options.Triggers, random, options.TimeProvider.GetUtcNow());
    }

    /// <summary>Raised when what is due next may have changed.</summary>
    public event Action? Changed;

    /// <summary>What is due next, and what it waits for.</summary>
    public NextSync Next
    {
        get
        {
            lock (_lock)
            {
                var (at, trigger) = _plan.Next();
                return new NextSync(at, trigger, _plan.Deferral);
            }
        }
    }

    public void Opened(DateTimeOffset? lastSuccessAt) => Tell(plan => plan.Opened(_options.TimeProvider.GetUtcNow(), lastSuccessAt));

    public void Edited() => Tell(plan => plan.Edited(_options.TimeProvider.GetUtcNow()));

    public void Reconnected() => Tell(plan => plan.Reconnected());

    public void Started() => Tell(plan => plan.Started());

    public void Finished(CycleResult result) => Tell(plan => plan.Finished(_options.TimeProvider.GetUtcNow(), result));

    /// <summary>Runs cycles as they come due until <paramref name="stop"/>; the running one may finish unless <paramref name="abort"/>.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        while (!stop.IsCancellationRequested)
        {
            var (wait, trigger, news) = Look();
            if (wait > TimeSpan.Zero)
                await WaitAsync(wait, news, stop);
            else if (_options.Network().IsConnected)
                await _runner.RunAsync(trigger, abort);
            else
                Tell(plan => plan.Deferred(_options.TimeProvider.GetUtcNow()));
        }
    }

    private (TimeSpan Wait, SyncTrigger Trigger, Task News) Look()
    {
        lock (_lock)
        {
            var (at, trigger) = _plan.Next();
            var now = _options.TimeProvider.GetUtcNow();
            return (at > now ? at - now : TimeSpan.Zero, trigger, _news.Task);
        }
    }

    private async Task WaitAsync(TimeSpan wait, Task news, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Task.Delay(wait, _options.TimeProvider, timer.Token), news);
        // Frees the timer when the news came first.
        await timer.CancelAsync();
    }

    private void Tell(Action<TriggerPlan> what)
    {
        lock (_lock)
        {
            what(_plan);
            _news.TrySetResult();
            _news = NewSignal();
        }

        Changed?.Invoke();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
