using SyncHealth.Alerting.States;

namespace SyncHealth.Alerting.Worker.Evaluator;

/// <summary>What is stored of an alert instance between evaluations.</summary>
/// <param name="Rule">The rule as it was evaluated, as JSON: the end of an incident can be told even when the rule is gone.</param>
internal sealed record RememberedAlert(AlertState State, string Rule);
