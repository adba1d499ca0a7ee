using SyncHealth.Alerting.Digests;
using SyncHealth.Alerting.Routing;

namespace SyncHealth.Alerting.Rules;

/// <summary>What a rule file holds; each section may be missing, so that rules and receivers can live apart.</summary>
public sealed record RuleDocument(IReadOnlyList<AlertRule> Rules, IReadOnlyList<ReceiverDefinition> Receivers)
{
    /// <summary>The routing tree; empty when every alert goes to the receivers of its rule.</summary>
    public IReadOnlyList<Route> Routes { get; init; } = [];

    /// <summary>Named intervals that routes refer to.</summary>
    public IReadOnlyList<TimeInterval> TimeIntervals { get; init; } = [];

    /// <summary>Summaries at chosen hours.</summary>
    public IReadOnlyList<DigestDefinition> Digests { get; init; } = [];

    /// <summary>The tree that the document describes.</summary>
    public RouteTree Tree => new(Routes, TimeIntervals);
}
