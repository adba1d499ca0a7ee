using System.Text.Json.Serialization;

namespace SyncHealth.Alerting.Rules;

/// <summary>One alert rule, complete: every default of the contract is filled in.</summary>
public sealed record AlertRule
{
    /// <summary>Unique name; part of every incident's identity, so renaming a rule ends its incidents.</summary>
    public required string Name { get; init; }

    /// <summary>Line of the rule in its file, for messages about it.</summary>
    public int Line { get; init; }

    public required RuleMetric Metric { get; init; }

    /// <summary>The threshold: beyond it is a breach, on it is not. Percent, milliseconds or a count. 0 with <see cref="Comparison"/>, which moves it.</summary>
    public required double Limit { get; init; }

    /// <summary>Whether low values are the bad ones, for a metric that leaves it to the rule.</summary>
    public bool Below { get; init; }

    /// <summary>Where good begins again; the limit itself unless the rule asks for more.</summary>
    public required double Recover { get; init; }

    /// <summary>Queue depth above which a device counts as deep; only for <see cref="RuleMetric.QueueDepthShare"/>.</summary>
    public int DepthOver { get; init; }

    /// <summary>The duration or age beyond which something counts (<c>slowerThan</c>, <c>staleAfter</c>, <c>silentAfter</c>); zero where the metric has none.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>Whether devices that are known to be offline count for nothing: those whose last report says that they had no network. Only for shares of fresh or stale devices.</summary>
    public bool ExcludesOffline { get; init; }

    /// <summary>What the value is compared with; null for a fixed threshold.</summary>
    public RuleComparison? Comparison { get; init; }

    public RuleMode Mode { get; init; } = RuleMode.Point;

    /// <summary>Dimensions that make one alert instance per segment; empty for one over the whole fleet.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>Filters <c>dimension:value</c>: one dimension twice means either, different dimensions mean both.</summary>
    public IReadOnlyList<string> Filter { get; init; } = [];

    /// <summary>Kinds of errors whose attempts are not counted at all; <c>cancelled</c> is one of them.</summary>
    public IReadOnlyList<string> IgnoreErrors { get; init; } = [];

    /// <summary>The app, or null for every app, one instance each.</summary>
    public string? App { get; init; }

    public string Environment { get; init; } = "production";

    public required TimeSpan Window { get; init; }

    /// <summary>How long a breach must last, over evaluations that had evidence.</summary>
    public TimeSpan For { get; init; }

    /// <summary>How long good data must last before a firing alert resolves.</summary>
    public TimeSpan KeepFiringFor { get; init; }

    /// <summary>Fewest attempts that are evidence; 0 for a share of devices.</summary>
    public required int MinAttempts { get; init; }

    /// <summary>Fewest devices that are evidence.</summary>
    public required int MinDevices { get; init; }

    /// <summary>Confidence of the bound printed beside the value.</summary>
    public double Confidence { get; init; } = 0.95;

    public RuleClock Clock { get; init; } = RuleClock.Arrival;

    public NoDataPolicy NoData { get; init; } = NoDataPolicy.Hold;

    /// <summary>How long a segment that appeared after the rule did may not fire: a new release is judged by its verdict first.</summary>
    public TimeSpan NewGroupGrace { get; init; }

    /// <summary>How long after its end a window is evaluated again when late data arrives; zero for the arrival clock.</summary>
    public TimeSpan LateLimit { get; init; }

    /// <summary>How long the first notice waits; a breach over sooner tells nobody.</summary>
    public TimeSpan GroupWait { get; init; } = TimeSpan.FromSeconds(10);

    public AlertSeverity Severity { get; init; } = AlertSeverity.Warning;

    /// <summary>Names of receivers.</summary>
    public IReadOnlyList<string> Notify { get; init; } = [];

    /// <summary>Sent with every message, for the receiver's own routing.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Words for the reader of a message.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>Address of a runbook of one's own, or null for the shipped one.</summary>
    public string? Runbook { get; init; }

    /// <summary>What the rest of the program has to know about the metric.</summary>
    [JsonIgnore]
    public MetricTraits Traits => MetricTraits.Of(Metric);

    /// <summary>Whether values below the threshold are the bad ones.</summary>
    [JsonIgnore]
    public bool IsBadBelow => Traits.IsBadBelow ?? Below;
}
