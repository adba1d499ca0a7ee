namespace SyncHealth.Alerting.Rules;

/// <summary>What rule reader, evaluation and messages have to know about a metric.</summary>
/// <param name="Key">The name in a rule file.</param>
/// <param name="Title">What a reader of a message understands at three in the morning.</param>
/// <param name="Unit"><c>percent</c> or <c>ms</c>.</param>
/// <param name="IsBadBelow">Whether low values are the bad ones.</param>
/// <param name="IsOfDevices">Whether it is a share of devices, not of attempts.</param>
/// <param name="MaxLimit">The largest threshold that means anything.</param>
public sealed record MetricTraits(string Key, string Title, string Unit, bool IsBadBelow, bool IsOfDevices, double MaxLimit)
{
    /// <summary>Longest duration stored, in milliseconds (24 h): a limit above it could never fire.</summary>
    private const double MaxDurationMs = 24 * 60 * 60 * 1000d;

    private static readonly Dictionary<RuleMetric, MetricTraits> ByMetric = new()
    {
        [RuleMetric.SuccessRate] = new("success_rate", "sync success rate", "percent", IsBadBelow: true, IsOfDevices: false, 100),
        [RuleMetric.DurationP99] = new("duration_p99_ms", "sync duration p99", "ms", IsBadBelow: false, IsOfDevices: false, MaxDurationMs),
        [RuleMetric.QueueDepthShare] = new("queue_depth_share", "devices with a deep upload queue", "percent", IsBadBelow: false, IsOfDevices: true, 100),
        [RuleMetric.ConflictRate] = new("conflict_rate", "conflict rate", "percent", IsBadBelow: false, IsOfDevices: false, 10_000),
    };

    /// <summary>The metrics a rule file may name.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. ByMetric.Values.Select(traits => traits.Key)];

    /// <summary>The traits of a metric.</summary>
    public static MetricTraits Of(RuleMetric metric) => ByMetric[metric];

    /// <summary>The metric of a name in a rule file, or null.</summary>
    public static RuleMetric? Find(string key) =>
        ByMetric.FirstOrDefault(pair => pair.Value.Key == key) is { Value: not null } found ? found.Key : null;
}
