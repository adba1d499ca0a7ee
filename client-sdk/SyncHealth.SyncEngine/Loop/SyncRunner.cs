using System.Diagnostics.CodeAnalysis;
using SyncHealth.Client;
using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncEngine.Store;
using SyncHealth.SyncEngine.Triggers;

namespace SyncHealth.SyncEngine.Loop;

/// <summary>Runs cycles one at a time and reports each of them once. A call while one runs joins it instead of starting a second.</summary>
internal sealed class SyncRunner(EngineOptions options, ILocalStore store, SyncCycle cycle, SyncTelemetry telemetry, ICycleClock clock, DeferralLog deferrals)
{
    private readonly Lock _lock = new();
    private Task<CycleResult>? _running;
    private volatile bool _isRunning;

    /// <summary>Raised when a cycle starts: what was asked for until now is served by it.</summary>
    public event Action? Starting;

    /// <summary>Raised after each cycle, before its caller goes on.</summary>
    public event Action<CycleResult>? Finished;

    /// <summary>A cycle is running. Not any more when <see cref="Finished"/> is raised: who looks then sees where the cycle has led.</summary>
    public bool IsRunning => _isRunning;

    /// <summary>Runs a cycle, or joins the running one.</summary>
    public Task<CycleResult> RunAsync(SyncTrigger trigger, CancellationToken cancellationToken)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<CycleResult> mine;
        lock (_lock)
        {
            if (_running is { IsCompleted: false } running)
            {
                deferrals.NoteJoined(trigger);
                return running;
            }

            _isRunning = true;
            _running = mine = RunOnceAsync(start.Task, trigger, cancellationToken);
        }

        start.SetResult();
        return mine;
    }

    private async Task<CycleResult> RunOnceAsync(Task start, SyncTrigger trigger, CancellationToken cancellationToken)
    {
        await start;
        clock.Enter();
        try
        {
            Starting?.Invoke();
            var result = TryReadState(out var before, out var failure)
                ? await MeasureAsync(before, trigger, cancellationToken)
                : ReportBroken(trigger, failure);
            _isRunning = false;
            Finished?.Invoke(result);
            store.Rest();
            return result;
        }
        finally
        {
            _isRunning = false;
            clock.Leave();
        }
    }

    private bool TryReadState([NotNullWhen(true)] out SyncState? state, [NotNullWhen(false)] out SyncFailure? failure)
    {
        try
        {
            (state, failure) = (store.Read(static transaction => transaction.State.Read()), null);
            return true;
        }
        catch (StoreException exception)
        {
            (state, failure) = (null, new SyncFailure(SyncErrorKind.Storage, exception.Code));
            return false;
        }
    }

    private CycleResult ReportBroken(SyncTrigger trigger, SyncFailure failure)
    {
        using var attempt = telemetry.StartSync(SyncType.Delta, trigger);
        var result = ResultOf(SyncType.Delta, trigger, options.Network().Kind, new CycleTally(), failure);
        End(attempt, result);
        return result;
    }

    private async Task<CycleResult> MeasureAsync(SyncState before, SyncTrigger trigger, CancellationToken cancellationToken)
    {
        var network = options.Network();
        var type = before.Token is null || before.IsFullRunning ? SyncType.Full : SyncType.Delta;
        var tally = new CycleTally();
        using var attempt = telemetry.StartSync(type, trigger);
        attempt.Direction(SyncDirection.Both).On(network.Kind, network.IsMetered).LastSuccess(before.LastSuccessAt);

        var failure = await cycle.RunAsync(tally, cancellationToken);
        var result = ResultOf(type, trigger, network.Kind, tally, failure);
        Describe(attempt, tally);
        End(attempt, result);
        return result;
    }

    private void Describe(SyncAttempt attempt, CycleTally tally)
    {
        attempt.Pushed(tally.Pushed).Pulled(tally.Pulled).Applied(tally.Applied).Rejected(tally.Refused.Count)
            .Bytes(tally.BytesUp, tally.BytesDown);
        if (tally.Depth is { } depth)
            attempt.Queue(depth.Waiting, options.TimeProvider.GetUtcNow() - depth.OldestAt);
        for (var retry = 0; retry < tally.Retries; retry++)
            attempt.Retried();
        foreach (var met in tally.Conflicts.GroupBy(notice => (Entity: RecordId.EntityOf(notice.NoteId), notice.Kind, notice.Strategy, notice.Winner)))
            attempt.Conflict(met.Key.Entity, met.Key.Kind, met.Key.Strategy, met.Key.Winner, met.Sum(notice => notice.Discarded), met.Count());
        foreach (var refused in tally.Refused.CountBy(item => item))
            attempt.ItemFailure(refused.Key.Entity, Wire.ErrorKind.NameOf(SyncErrorKind.Denied), refused.Key.Reason, refused.Value, parked: true);
        foreach (var (reason, count) in deferrals.Take().Concat(tally.HeldBack))
            attempt.Deferred(reason, count);
    }

    private static void End(SyncAttempt attempt, CycleResult result)
    {
        switch (result.Outcome)
        {
            case SyncOutcome.Success:
                attempt.Succeed();
                break;
            case SyncOutcome.Partial:
                attempt.Partial();
                break;
            case SyncOutcome.Cancelled:
                attempt.Cancel();
                break;
            default:
                attempt.Fail(result.ErrorKind, result.ErrorCode);
                break;
        }
    }

    private static CycleResult ResultOf(SyncType type, SyncTrigger trigger, SyncNetwork network, CycleTally tally, SyncFailure? failure) => new()
    {
        Type = type,
        Trigger = trigger,
        Network = network,
        Outcome = failure switch
        {
            null => tally.Refused.Count == 0 ? SyncOutcome.Success : SyncOutcome.Partial,
            { Kind: SyncErrorKind.Cancelled } => SyncOutcome.Cancelled,
            _ => SyncOutcome.Failure,
        },
        ErrorKind = failure?.Kind ?? SyncErrorKind.None,
        ErrorCode = failure?.Code,
        Pushed = tally.Pushed,
        Pulled = tally.Pulled,
        Applied = tally.Applied,
        Rejected = tally.Refused.Count,
        Retries = tally.Retries,
        Conflicts = tally.Conflicts.Count,
        Waiting = tally.Depth?.Waiting ?? 0,
        HeldBack = tally.HeldBack.Values.Sum(),
    };
}
