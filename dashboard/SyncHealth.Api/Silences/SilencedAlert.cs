namespace SyncHealth.Api.Silences;

/// <summary>An alert instance that matchers hold for.</summary>
public sealed record SilencedAlert(string Rule, string App, IReadOnlyDictionary<string, string> Segment, string State);
