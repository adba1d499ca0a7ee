namespace SyncHealth.Alerting.Evaluation;

/// <summary>One evaluation's input to the state machine. Stored with each transition: replaying the findings replays the alert.</summary>
public sealed record Finding(Verdict Verdict, Measurement Measurement)
{
    /// <summary>The thresholds that were judged by; null where the rule's own hold.</summary>
    public Limits? Limits { get; init; }

    /// <summary>What the value was compared with; null for a fixed threshold.</summary>
    public Measurement? Baseline { get; init; }

    /// <summary>The release verdict that was found; null for every other metric.</summary>
    public ReleaseFinding? Release { get; init; }

    /// <summary>How far behind now the window ended, waiting for late events; null on the arrival clock.</summary>
    public TimeSpan? Lateness { get; init; }
}
