using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;

namespace SyncHealth.Alerting.Evaluation;

/// <summary>Looks again at windows that were judged before all of their events had arrived.</summary>
internal sealed class LateWatch(AlertRule rule, string app, IReadings readings, DateTimeOffset now, TimeSpan lateness)
{
    /// <summary>How far back arrivals are looked for: an evaluator that was away for less misses nothing.</summary>
    private static readonly TimeSpan Lookback = TimeSpan.FromHours(1);

    /// <summary>Whether a late breach says something new: not told before, and no incident of the rule covered its window.</summary>
    public static bool IsNews(Measurement late, AlertState? told, Evaluated present)
    {
        if (told?.LateWindows.Contains(late.Window.To) == true)
            return false;
        var live = present.Step.State;
        var openedBefore = live.FiredAt is { } fired && fired <= late.Window.To + LatenessOf(present);
        var over = live.IsOpen ? DateTimeOffset.MaxValue : live.SpentUntil;
        return !(openedBefore && over >= late.Window.From);
    }

    /// <summary>Windows in breach, by segment, oldest first, among those that late events fell into.</summary>
    public async Task<IReadOnlyDictionary<SegmentKey, IReadOnlyList<Measurement>>> FindAsync(CancellationToken cancellationToken)
    {
        // What a comparison was against has changed as well by then.
        if (rule.LateLimit == TimeSpan.Zero || rule.Comparison is not null)
            return new Dictionary<SegmentKey, IReadOnlyList<Measurement>>();
        var found = new Dictionary<SegmentKey, List<Measurement>>();
        var quiet = AlertState.New(now);
        foreach (var window in await readings.LateWindowsAsync(rule, app, now - Lookback, now, cancellationToken))
            if (window.To >= now - rule.LateLimit && window.To <= now - lateness)
                foreach (var (segment, reading) in await readings.ReadAsync(rule, app, window, cancellationToken))
                    if (reading(rule.Limit) is var measurement && Judge.Of(rule, quiet, measurement) is Verdict.Breach or Verdict.TotalFailure)
                        (found.TryGetValue(segment, out var list) ? list : found[segment] = []).Add(measurement);
        return found.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<Measurement>)pair.Value);
    }

    private static TimeSpan LatenessOf(Evaluated present) => present.Finding.Lateness ?? TimeSpan.Zero;
}
