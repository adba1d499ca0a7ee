namespace SyncHealth.Alerting.Evaluation;

/// <summary>One evaluation's input to the state machine. Stored with each transition: replaying the findings replays the alert.</summary>
public sealed record Finding(Verdict Verdict, Measurement Measurement);
