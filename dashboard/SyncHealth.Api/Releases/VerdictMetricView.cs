using SyncHealth.Statistics.Devices;
using SyncHealth.Statistics.Verdicts;

namespace SyncHealth.Api.Releases;

/// <summary>The verdict on one metric. Rates and differences in percent and percentage points.</summary>
/// <param name="Difference">Release − baseline, adjusted for strata; null where there are too few devices.</param>
/// <param name="Low">Lower end of its interval, which holds at every look.</param>
/// <param name="High">Upper end.</param>
/// <param name="PValue">Of "no difference", valid at every look.</param>
/// <param name="Release">The release's rate over all attempts; null without any.</param>
/// <param name="Baseline">The baseline's.</param>
/// <param name="Margin">How much worse still counts as not worse.</param>
/// <param name="Method">exact, concurrent or difference_in_differences.</param>
/// <param name="DevicesNeeded">About how many more until it decides; null where it has, or where no number would do.</param>
/// <param name="PlaceboLow">The same difference in the days before the release, lower end; null where it could not be asked.</param>
/// <param name="PlaceboHigh">Upper end. Where both ends lie on one side of 0 the devices were different before.</param>
public sealed record VerdictMetricView(
    double? Difference, double? Low, double? High, double PValue, Verdict Verdict, double? Release, double? Baseline, double Margin, VerdictMethod Method, long? DevicesNeeded,
    double? PlaceboLow, double? PlaceboHigh)
{
    private const double Points = 100;

    /// <summary>By the metrics' names on the wire.</summary>
    public static IReadOnlyDictionary<string, VerdictMetricView> ByName(IEnumerable<MetricVerdict> metrics) =>
        metrics.ToDictionary(metric => NameOf(metric.Metric), Of);

    private static VerdictMetricView Of(MetricVerdict metric) => new(
        metric.Difference * Points, metric.Interval?.Low * Points, metric.Interval?.High * Points, metric.P, metric.Verdict,
        Rate(metric.Release), Rate(metric.Baseline), metric.Margin * Points, metric.Method, metric.DevicesNeeded,
        metric.Placebo?.Low * Points, metric.Placebo?.High * Points);

    private static double? Rate(DeviceSums arm) => arm.Attempts == 0 ? null : arm.Share * Points;

    private static string NameOf(VerdictMetric metric) => metric switch
    {
        VerdictMetric.SuccessRate => "success_rate",
        VerdictMetric.SlowShare => "slow_share",
        VerdictMetric.ConflictedShare => "conflict_rate",
        _ => "silent_share",
    };
}
