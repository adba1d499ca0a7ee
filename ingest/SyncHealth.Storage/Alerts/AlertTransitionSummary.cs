namespace SyncHealth.Storage.Alerts;

/// <summary>One change of state, with the inputs that led to it as JSON.</summary>
public sealed record AlertTransitionSummary(
    string Rule, string App, IReadOnlyDictionary<string, string> Segment, string Severity,
    string From, string To, DateTimeOffset At, string Reason, string InputsJson, string Class = "threshold");
