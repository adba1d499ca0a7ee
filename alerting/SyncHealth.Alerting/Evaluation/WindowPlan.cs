using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;

namespace SyncHealth.Alerting.Evaluation;

/// <summary>Which windows to look at, narrowest first, until one holds enough data.</summary>
public static class WindowPlan
{
    /// <summary>A window widens up to this: older data says little about now.</summary>
    public static readonly TimeSpan Widest = TimeSpan.FromHours(6);

    /// <summary>
    /// The rule's window, then twice as wide each time up to <see cref="Widest"/>. While an incident is open, a widened window reaches back no further
    /// than the newest breach, or silence would uncover the good data from before it and resolve the alert; after the incident no further than that breach
    /// either, or its failures would open it again.
    /// </summary>
    /// <param name="rule">Gives the narrowest window; a metric that is a number, or about devices expected, is never widened.</param>
    /// <param name="state">Says how far back a widened window may reach.</param>
    /// <param name="now">End of every window.</param>
    /// <param name="lateness">How far <paramref name="now"/> lies behind the moment of the evaluation, on the event clock.</param>
    public static IEnumerable<TimeWindow> For(AlertRule rule, AlertState state, DateTimeOffset now, TimeSpan lateness = default)
    {
        var previous = now - rule.Window;
        yield return new TimeWindow(previous, now);

        if (rule.Traits.Basis is MetricBasis.Count or MetricBasis.Expected)
            yield break;
        var earliest = (state.IsOpen ? state.LastBreachAt : state.SpentUntil) - lateness ?? DateTimeOffset.MinValue;
        for (var width = rule.Window * 2; rule.Window < Widest; width *= 2)
        {
            var from = now - (width < Widest ? width : Widest);
            from = from > earliest ? from : earliest;
            if (from >= previous)
                yield break;
            yield return new TimeWindow(from, now);
            previous = from;
        }
    }
}
