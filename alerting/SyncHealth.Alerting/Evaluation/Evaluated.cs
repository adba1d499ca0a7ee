using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;

namespace SyncHealth.Alerting.Evaluation;

/// <summary>What an evaluation did to one alert instance.</summary>
/// <param name="Rule">The rule as it holds for the instance's class: an alert on late data waits for nothing.</param>
/// <param name="Before">The state before; null for an instance never seen.</param>
public sealed record Evaluated(InstanceKey Key, AlertRule Rule, AlertState? Before, Finding Finding, Step Step);
