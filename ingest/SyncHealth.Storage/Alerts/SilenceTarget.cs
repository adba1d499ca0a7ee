namespace SyncHealth.Storage.Alerts;

/// <summary>Something a silence may hold for: an alert instance in any state, or a loaded rule.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="App">The instance's app; null for a rule.</param>
/// <param name="Segment">The instance's grouping dimensions.</param>
/// <param name="State">The instance's status; null for a rule.</param>
/// <param name="Labels">What matchers are held against.</param>
public sealed record SilenceTarget(
    string Rule, string? App, IReadOnlyDictionary<string, string> Segment, string? State, IReadOnlyDictionary<string, string> Labels);
