using SyncHealth.Statistics.Devices;

namespace SyncHealth.Statistics.Verdicts;

/// <summary>Which way a metric is worse, and how much of it is tolerated.</summary>
/// <param name="IsBadBelow">Whether lower is worse.</param>
/// <param name="IsRelative">Whether the margin is a part of the baseline's share.</param>
internal readonly record struct MetricRule(bool IsBadBelow, bool IsRelative)
{
    public static MetricRule Of(VerdictMetric metric) => metric switch
    {
        VerdictMetric.SuccessRate => new(IsBadBelow: true, IsRelative: false),
        VerdictMetric.SilentShare => new(IsBadBelow: false, IsRelative: false),
        _ => new(IsBadBelow: false, IsRelative: true),
    };

    /// <summary>Attempts that speak against the arm.</summary>
    public long Bad(DeviceSums arm) => IsBadBelow ? arm.Others : arm.Events;

    /// <summary>How much worse than a baseline of this share still counts as not worse.</summary>
    public double Margin(double baselineShare) =>
        IsRelative ? Math.Max(VerdictLimits.SmallestMargin, VerdictLimits.RelativeMargin * baselineShare) : VerdictLimits.SuccessMargin;

    /// <summary>The difference turned so that more is worse.</summary>
    public (double Low, double Value, double High) Harm(Finding finding) => IsBadBelow
        ? (-finding.Interval.High, -finding.Value, -finding.Interval.Low)
        : (finding.Interval.Low, finding.Value, finding.Interval.High);
}
