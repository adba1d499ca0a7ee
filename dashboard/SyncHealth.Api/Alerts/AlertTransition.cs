using System.Text.Json.Nodes;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Api.Alerts;

/// <summary>One change of status.</summary>
/// <param name="Class">What the alert tells: <c>threshold</c>, <c>no_data</c> or <c>late</c>.</param>
/// <param name="Inputs">What the evaluation saw (verdict, window, counts, value); null when the rule was removed and nothing was evaluated.</param>
public sealed record AlertTransition(
    string Rule, string App, IReadOnlyDictionary<string, string> Segment, string Severity,
    string From, string To, DateTimeOffset At, string Reason, JsonNode? Inputs, string Class)
{
    internal static AlertTransition Of(AlertTransitionSummary stored) => new(
        stored.Rule, stored.App, stored.Segment, stored.Severity, stored.From, stored.To, stored.At, stored.Reason, JsonNode.Parse(stored.InputsJson), stored.Class);
}
