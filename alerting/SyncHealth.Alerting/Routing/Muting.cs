using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;

namespace SyncHealth.Alerting.Routing;

/// <summary>What holds messages back during one round of evaluations.</summary>
/// <param name="silences">Silences that may hold.</param>
/// <param name="now">The round's moment.</param>
public sealed class Muting(IReadOnlyList<Silence> silences, DateTimeOffset now)
{
    private readonly List<(string Key, AlertSeverity Severity)> _fleetWide = [];

    /// <summary>Takes note of an alert: an open one over a whole fleet says what its segments would only repeat.</summary>
    public void Note(AlertRule rule, string app, InstanceKey key, AlertState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.IsOpen && IsFleetWide(key))
            _fleetWide.Add((Subject(rule, app), rule.Severity));
    }

    /// <summary>Why the alert's messages have to wait; null when they go out. A silence goes before: somebody meant it.</summary>
    public MuteReason? Of(AlertRule rule, string app, InstanceKey key)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var labels = AlertLabels.Of(rule, app, key);
        if (silences.Any(silence => silence.Covers(labels, now)))
            return MuteReason.Silenced;
        return key.Segment.Values.Count > 0 && key.Class == AlertClass.Threshold && _fleetWide.Any(other => other.Key == Subject(rule, app) && other.Severity <= rule.Severity)
            ? MuteReason.Inhibited
            : null;
    }

    private static bool IsFleetWide(InstanceKey key) => key.Segment.Values.Count == 0 && key.Class == AlertClass.Threshold;

    /// <summary>What two rules have to share for one to repeat the other.</summary>
    private static string Subject(AlertRule rule, string app) => $"{app}\n{rule.Environment}\n{Wording.Of(rule.Metric)}";
}
