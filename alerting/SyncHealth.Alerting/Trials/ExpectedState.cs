using SyncHealth.Alerting.Evaluation;

namespace SyncHealth.Alerting.Trials;

/// <summary>What an alert must be after the evaluation at a time, or the last one before it.</summary>
/// <param name="State">A word of the state machine: <c>inactive</c>, <c>pending</c>, <c>firing</c>, <c>recovering</c>, <c>resolved</c>.</param>
public sealed record ExpectedState(TimeSpan At, string Rule, InstanceKey Key, string State, int Line);
