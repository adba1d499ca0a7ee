namespace SyncHealth.Storage.Alerts;

/// <summary>One alert instance: a rule, applied to one app and segment.</summary>
/// <param name="Segment">Grouping dimensions, empty for a fleet-wide rule.</param>
/// <param name="State"><c>pending</c>, <c>firing</c> or <c>recovering</c>.</param>
/// <param name="Class">What it tells: <c>threshold</c>, <c>no_data</c> (nothing to measure) or <c>late</c> (late events show a breach of an earlier window).</param>
/// <param name="Value">The metric at the last evaluation, in <paramref name="Unit"/>; null without evidence.</param>
public sealed record AlertSummary(
    string Rule, string App, IReadOnlyDictionary<string, string> Segment, string Severity, string State,
    DateTimeOffset Since, double? Value, double Threshold, string Unit, long Attempts, long Devices, DateTimeOffset EvaluatedAt, string Class = "threshold")
{
    /// <summary>Number of the instance, the same over all of its incidents.</summary>
    public long Id { get; init; }

    /// <summary>Why its messages are held back: <c>silenced</c>, <c>inhibited</c> (the fleet-wide alert says so already), <c>flapping</c> (one incident stays open until it is quiet), <c>off_hours</c> (a mute time of its route holds), or null.</summary>
    public string? Muted { get; init; }

    /// <summary>Where its routes lead it; empty before its first evaluation with them.</summary>
    public IReadOnlyList<AlertDestination> GoesTo { get; init; } = [];

    /// <summary>Who said that they are on it; null while nobody did for this incident.</summary>
    public string? AcknowledgedBy { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }
}
