using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Loop;
using SyncHealth.SyncEngine.Outbox;

namespace SyncHealth.SyncEngine.Triggers;

/// <summary>Turns what happens on the device into cycles.</summary>
internal sealed class TriggerLoop
{
    /// <summary>Longest single wait: timers take no more than some weeks, and a schedule that is the system's never comes due.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly EngineOptions _options;
    private readonly SyncRunner _runner;
    private readonly Func<DateTimeOffset, DateTimeOffset?> _openUntil;
    private readonly TriggerPlan _plan;
    private TaskCompletionSource _news = NewSignal();

    /// <param name="options">The engine's.</param>
    /// <param name="runner">Runs cycles.</param>
    /// <param name="openUntil">Until when the server is left alone, as of a moment; null when it is not.</param>
    /// <param name="deferrals">Counts what is put off.</param>
    /// <param name="random">For jitter.</param>
    public TriggerLoop(EngineOptions options, SyncRunner runner, Func<DateTimeOffset, DateTimeOffset?> openUntil, DeferralLog deferrals, Random random)
    {
        _openUntil = openUntil;
        _options = options;
        _runner = runner;
        _plan = new TriggerPlan(options.Triggers, random, options.TimeProvider.GetUtcNow(), deferrals);
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

    public void Foregrounded(DateTimeOffset? lastSuccessAt) => Tell(plan => plan.Foregrounded(_options.TimeProvider.GetUtcNow(), lastSuccessAt));

    public void Edited(OperationPriority priority)
    {
        var isFree = priority != OperationPriority.Low || _options.BulkConstraints.Unmet(_options.Network(), _options.Power()) is null;
        Tell(plan =>
        {
            if (priority == OperationPriority.High)
                plan.EditedUrgently();
            else if (isFree)
                plan.Edited(_options.TimeProvider.GetUtcNow());
            else
                plan.EditedInBulk();
        });
    }

    public void Reconnected() => Tell(plan => plan.Reconnected(_options.TimeProvider.GetUtcNow()));

    public void ConditionsChanged()
    {
        var (network, power) = (_options.Network(), _options.Power());
        var isScheduleFree = _options.Triggers.Constraints.Unmet(network, power) is null;
        var isBulkFree = _options.BulkConstraints.Unmet(network, power) is null;
        Tell(plan => plan.ConditionsChanged(_options.TimeProvider.GetUtcNow(), isScheduleFree, isBulkFree));
    }

    public void Started() => Tell(plan => plan.Started());

    public void Finished(CycleResult result) => Tell(plan => plan.Finished(_options.TimeProvider.GetUtcNow(), result));

    /// <summary>Runs cycles as they come due until <paramref name="stop"/>; the running one may finish unless <paramref name="abort"/>.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        while (!stop.IsCancellationRequested)
        {
            var (wait, trigger, constraints, news) = Look();
            if (wait > TimeSpan.Zero)
                await WaitAsync(wait, news, stop);
            else if (trigger is not (SyncTrigger.Priority or SyncTrigger.Reconnect) && _openUntil(_options.TimeProvider.GetUtcNow()) is { } until)
                Tell(plan => plan.LeftAlone(until));
            else if (constraints.Unmet(_options.Network(), _options.Power()) is { } reason)
                Tell(plan => plan.Deferred(_options.TimeProvider.GetUtcNow(), trigger, reason));
            else
                await _runner.RunAsync(trigger, abort);
        }
    }

    private (TimeSpan Wait, SyncTrigger Trigger, SyncConstraints Constraints, Task News) Look()
    {
        lock (_lock)
        {
            var now = _options.TimeProvider.GetUtcNow();
            _plan.Looked(now);
            var (at, trigger) = _plan.Next();
            var constraints = _plan.IsConstrained ? _options.Triggers.Constraints : SyncConstraints.None;
            return (at > now ? at - now : TimeSpan.Zero, trigger, constraints, _news.Task);
        }
    }

    private async Task WaitAsync(TimeSpan wait, Task news, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Task.Delay(wait < LongestWait ? wait : LongestWait, _options.TimeProvider, timer.Token), news);
        // Frees the timer when the news came first.
        await timer.CancelAsync();
    }

    private void Tell(Action<TriggerPlan> what)
    {
        lock (_lock)
        {
            _plan.Looked(_options.TimeProvider.GetUtcNow());
            what(_plan);
            _news.TrySetResult();
            _news = NewSignal();
        }

        Changed?.Invoke();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
