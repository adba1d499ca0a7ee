namespace SyncHealth.Alerting.Rules;

/// <summary>What rule reader, evaluation and messages have to know about a metric.</summary>
/// <param name="Key">The name in a rule file.</param>
/// <param name="Title">What a reader of a message understands at three in the morning.</param>
/// <param name="Unit"><c>percent</c>, <c>ms</c>, <c>count</c> or <c>points</c>.</param>
/// <param name="IsBadBelow">Whether low values are the bad ones; null where the rule chooses.</param>
/// <param name="MaxLimit">The largest threshold that means anything.</param>
public sealed record MetricTraits(string Key, string Title, string Unit, bool? IsBadBelow, MetricBasis Basis, double MaxLimit)
{
    /// <summary>Longest duration stored, in milliseconds (24 h): a limit above it could never fire.</summary>
    private const double MaxDurationMs = 24 * 60 * 60 * 1000d;

    private const double MaxCount = 1e12;

    private static readonly Dictionary<RuleMetric, MetricTraits> ByMetric = new()
    {
        [RuleMetric.SuccessRate] = Rate("success_rate", "success", isBadBelow: true),
        [RuleMetric.FirstTryRate] = Rate("first_try_rate", "first-try success", isBadBelow: true),
        [RuleMetric.DurationP50] = Duration("duration_p50_ms", "sync duration p50", 0.5),
        [RuleMetric.DurationP90] = Duration("duration_p90_ms", "sync duration p90", 0.9),
        [RuleMetric.DurationP99] = Duration("duration_p99_ms", "sync duration p99", 0.99),
        [RuleMetric.SlowShare] = Rate("slow_share", "slow syncs", isBadBelow: false) with { AgeKey = "slowerThan" },
        [RuleMetric.ConflictRate] = Rate("conflict_rate", "conflict rate", isBadBelow: false) with { IsShare = false, MaxLimit = 10_000 },
        [RuleMetric.ConflictedShare] = Rate("conflicted_share", "syncs with a conflict", isBadBelow: false),
        [RuleMetric.QueueDepthShare] = Devices("queue_depth_share", "devices with a deep upload queue", isBadBelow: false),
        [RuleMetric.StalenessShare] = Devices("staleness_share", "stale devices", isBadBelow: false) with { AgeKey = "staleAfter" },
        [RuleMetric.FreshnessShare] = Devices("freshness_share", "fresh devices", isBadBelow: true) with { AgeKey = "staleAfter" },
        [RuleMetric.SilentShare] = Devices("silent_share", "silent devices", isBadBelow: false) with { AgeKey = "silentAfter" },
        [RuleMetric.StuckShare] = Detector("stuck_share", "devices that are stuck"),
        [RuleMetric.ReuploadRatio] = Detector("reupload_ratio", "items sent again") with { IsShare = false },
        [RuleMetric.PoisonShare] = Detector("poison_share", "devices blocked by one item"),
        [RuleMetric.ResetLossShare] = Detector("reset_loss_share", "devices that lost work in a reset"),
        [RuleMetric.ClockOffShare] = Detector("clock_off_share", "devices with a wrong clock"),
        [RuleMetric.TelemetryLoss] = Detector("telemetry_loss", "reports that never arrived") with { IsShare = false },
        [RuleMetric.Attempts] = new("attempts", "sync attempts", "count", null, MetricBasis.Count, MaxCount),
        [RuleMetric.LateAttempts] = new("late_attempts", "late sync attempts", "count", null, MetricBasis.Count, MaxCount),
        [RuleMetric.SilentFleet] = new("silent_fleet", "devices heard from, of those expected", "percent", true, MetricBasis.Expected, 100),
        [RuleMetric.ReleaseVerdict] = new("release_verdict", "release verdict", "points", IsBadBelow: false, MetricBasis.Releases, 100),
    };

    /// <summary>The metrics a rule file may name.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. ByMetric.Values.Select(traits => traits.Key)];

    /// <summary>Whether it is a share of devices, not of attempts.</summary>
    public bool IsOfDevices => Basis == MetricBasis.Devices;

    /// <summary>Whether it is what a detector says of the devices that reported: read from raw events, so that it can be asked of the past as it was known.</summary>
    public bool IsDetector { get; init; }

    /// <summary>Whether offending ones / counted ones is a proportion, for which a bound can be given.</summary>
    public bool IsShare { get; init; }

    /// <summary>The share of attempts up to the percentile, for a duration; else null.</summary>
    public double? Quantile { get; init; }

    /// <summary>The key of the age or duration beyond which something counts; null where there is none.</summary>
    public string? AgeKey { get; init; }

    /// <summary>Whether a rule may leave out devices that are known to be offline.</summary>
    public bool CanExcludeOffline => AgeKey == "staleAfter";

    /// <summary>The traits of a metric.</summary>
    public static MetricTraits Of(RuleMetric metric) => ByMetric[metric];

    /// <summary>The metric of a name in a rule file, or null.</summary>
    public static RuleMetric? Find(string key) =>
        ByMetric.FirstOrDefault(pair => pair.Value.Key == key) is { Value: not null } found ? found.Key : null;

    private static MetricTraits Rate(string key, string title, bool isBadBelow) =>
        new(key, title, "percent", isBadBelow, MetricBasis.Attempts, 100) { IsShare = true };

    private static MetricTraits Devices(string key, string title, bool isBadBelow) =>
        new(key, title, "percent", isBadBelow, MetricBasis.Devices, 100) { IsShare = true };

    private static MetricTraits Detector(string key, string title) => Devices(key, title, isBadBelow: false) with { IsDetector = true };

    private static MetricTraits Duration(string key, string title, double quantile) =>
        new(key, title, "ms", IsBadBelow: false, MetricBasis.Attempts, MaxDurationMs) { IsShare = true, Quantile = quantile };
}
