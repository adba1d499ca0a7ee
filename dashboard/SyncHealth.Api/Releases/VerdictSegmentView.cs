using SyncHealth.Statistics.Verdicts;

namespace SyncHealth.Api.Releases;

/// <summary>The verdict inside one segment.</summary>
/// <param name="By">The segment: os and network, and app_version where the releases are values of a flag.</param>
public sealed record VerdictSegmentView(
    IReadOnlyDictionary<string, string> By, Verdict Verdict, IReadOnlyDictionary<string, VerdictMetricView> Metrics, VerdictSampleView Sample)
{
    internal static VerdictSegmentView Of(SegmentVerdict segment) =>
        new(ByOf(segment.Stratum), segment.Verdict, VerdictMetricView.ByName(segment.Metrics), VerdictView.SampleOf(segment.Metrics));

    private static Dictionary<string, string> ByOf(Stratum stratum)
    {
        var by = new Dictionary<string, string> { ["os"] = stratum.Os, ["network"] = stratum.Network };
        if (stratum.Version.Length > 0)
            by["app_version"] = stratum.Version;
        return by;
    }
}
