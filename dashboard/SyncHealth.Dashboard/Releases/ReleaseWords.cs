using System.Globalization;
using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Statistics;
using SyncHealth.Statistics.Verdicts;
using SyncHealth.Storage.Verdicts;

namespace SyncHealth.Dashboard.Releases;

/// <summary>What verdicts, stages and differences are called.</summary>
public static class ReleaseWords
{
    private const double Points = 100;
    private const string Nothing = "–";

    /// <summary>Keeps an interval on one line.</summary>
    private const char Thin = '\u00A0';

    public static string Name(Verdict verdict) => verdict switch
    {
        Verdict.Worse => "worse",
        Verdict.NotWorse => "not worse",
        Verdict.Inconclusive => "not clear yet",
        Verdict.Insufficient => "too few devices",
        Verdict.StillArriving => "still arriving",
        _ => "devices differed before",
    };

    public static Band BandOf(Verdict verdict) => verdict switch
    {
        Verdict.Worse => Band.Poor,
        Verdict.NotWorse => Band.Good,
        Verdict.Confounded => Band.NeedsAttention,
        _ => Band.TooFew,
    };

    /// <summary>In front of the sentence where there are no shapes: in a chat.</summary>
    public static string Sign(Verdict verdict) => verdict switch
    {
        Verdict.Worse => "🛑",
        Verdict.NotWorse => "✅",
        Verdict.Confounded => "🔍",
        _ => "⏳",
    };

    public static string Name(ReleaseStage stage) => stage switch
    {
        ReleaseStage.RollingOut => "rolling out",
        ReleaseStage.Adopted => "adopted",
        _ => "replaced",
    };

    public static string Why(ReleaseStage stage) => stage switch
    {
        ReleaseStage.RollingOut => "devices came to it from another release in the last 24 hours",
        ReleaseStage.Adopted => "its devices stay, and hardly any come",
        _ => "most of the devices that ran it run another release by now",
    };

    public static string Name(VerdictMetric metric) => metric switch
    {
        VerdictMetric.SuccessRate => "Success rate",
        VerdictMetric.SlowShare => "Slow syncs",
        VerdictMetric.ConflictedShare => "Syncs with conflicts",
        _ => "Devices that fell silent",
    };

    /// <summary>Which comparison was made.</summary>
    public static string Name(VerdictMethod method) => method switch
    {
        VerdictMethod.Exact => "exact, over the devices' own shares",
        VerdictMethod.Concurrent => "the same days, like with like",
        _ => "each device against itself before",
    };

    /// <summary>"−25.6 (−31.0 to −20.2)", in percentage points; "–" where there are too few devices.</summary>
    public static string Difference(MetricVerdict metric) => metric is { Difference: { } value, Interval: { } interval } ? $"{Signed(value)} ({Between(interval).Replace(' ', Thin)})" : Nothing;

    /// <summary>"−31.0 to −20.2", in percentage points.</summary>
    public static string Between(Interval interval) => $"{Signed(interval.Low)} to {Signed(interval.High)}";

    /// <summary>A share of 1 as percentage points: "+0.4".</summary>
    public static string Signed(double share) => (share * Points).ToString("+0.0;−0.0;±0.0", CultureInfo.InvariantCulture);

    public static string Rate(Statistics.Devices.DeviceSums arm) => arm.Attempts == 0 ? Nothing : Quantity.Percent(arm.Share * Points);

    public static string P(double value) => value < 0.0001 ? "< 0.0001" : value.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>"about 320 more devices"; null where it is decided, or no number would do.</summary>
    public static string? Needed(long? devices) => devices is { } count ? $"about {Quantity.Of(count, "more device", "more devices")}" : null;

    /// <summary>"Android, cellular", and the version where a flag shares it.</summary>
    public static string Name(Stratum stratum) => string.Join(", ", new[] { SegmentWords.Value(stratum.Os), SegmentWords.Value(stratum.Network), stratum.Version }.Where(word => word.Length > 0));
}
