using SyncHealth.Alerting.Rules;
using SyncHealth.Statistics;

namespace SyncHealth.Alerting.Evaluation;

/// <summary>The share of bad ones in a measurement, with its one-sided Wilson bounds: all shares and percentiles are judged by it (spec/alerting.md section 0, finding 1).</summary>
public static class ShareBound
{
    private const double Percent = 100;

    /// <summary>Bounds between which the true share of bad ones lies, each with the rule's confidence.</summary>
    public static Interval Of(AlertRule rule, Measurement measurement)
    {
        var units = UnitsOf(rule, measurement);
        return WilsonInterval.OneSided(Math.Min(measurement.Offending, units), units, rule.Confidence);
    }

    /// <summary>The share of bad ones that is just allowed: for a success rate of 95 %, 0.05; for a p99, 0.01 whatever its limit.</summary>
    public static double Allowed(AlertRule rule, double limit)
    {
        if (rule.Traits.Quantile is { } quantile)
            return 1 - quantile;
        return rule.IsBadBelow ? (Percent - limit) / Percent : limit / Percent;
    }

    /// <summary>What the share is of.</summary>
    public static long UnitsOf(AlertRule rule, Measurement measurement) => rule.Traits.IsOfDevices ? measurement.Devices : measurement.Attempts;
}
