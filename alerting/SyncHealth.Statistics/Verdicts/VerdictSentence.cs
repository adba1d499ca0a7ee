using System.Globalization;

namespace SyncHealth.Statistics.Verdicts;

/// <summary>A verdict in one plain sentence, the same on the page, in the terminal and in an alert.</summary>
public static class VerdictSentence
{
    private const double Points = 100;

    /// <summary>The sentence; the statistics behind it are the answer to "why?".</summary>
    public static string Of(ReleaseVerdict verdict) => verdict.Verdict switch
    {
        _ when verdict.Baseline.Length == 0 => $"There is no other release to hold {verdict.Release} against.",
        Verdict.Worse => Worse(verdict),
        Verdict.NotWorse => Said($"{verdict.Release} is not worse than {verdict.Baseline}, judged on {Devices(verdict):N0} devices."),
        Verdict.Insufficient => Said($"{verdict.Release} has too few devices to judge: {verdict.Metrics[0].Release.Devices:N0} on it, {verdict.Metrics[0].Baseline.Devices:N0} on {verdict.Baseline}, {VerdictLimits.MinimumDevices} of each are needed."),
        Verdict.StillArriving => Said($"{verdict.Release} cannot be judged yet: {verdict.ArrivedShare * Points:F0} % of the expected data has arrived."),
        Verdict.Confounded => Said($"{verdict.Release} cannot be compared with {verdict.Baseline}: its devices were different before they took it."),
        _ => Said($"It is not clear yet whether {verdict.Release} is worse than {verdict.Baseline}: {Missing(verdict)}."),
    };

    /// <summary>What to do, and the sentence: "Stop: cellular got worse. 2.5.0 is worse than 2.4.1 …".</summary>
    public static string Advised(ReleaseVerdict verdict) => verdict.Verdict switch
    {
        _ when verdict.Baseline.Length == 0 => $"Wait: {Of(verdict)}",
        Verdict.Worse when VerdictCause.Of(verdict) is { } where => $"Stop: {SegmentNames.Of(where)} got worse. {Of(verdict)}",
        Verdict.Worse => $"Stop: {Of(verdict)}",
        Verdict.NotWorse => $"Go on: {Of(verdict)}",
        Verdict.Confounded => $"Look closer: {Of(verdict)}",
        _ => $"Wait: {Of(verdict)}",
    };

    private static string Worse(ReleaseVerdict verdict)
    {
        // Of what is proven: success before speed before conflicts, and the whole fleet before a part of it.
        var metric = verdict.Metrics.Concat(verdict.WorseSegments.SelectMany(segment => segment.Metrics)).Where(IsWorse).OrderBy(one => one.Metric).First();
        var segments = verdict.WorseSegments.Where(segment => segment.Metrics.Any(one => one.Metric == metric.Metric && IsWorse(one))).ToArray();
        var where = segments.Length == 0 ? "" : $" on {string.Join(" and ", segments.Select(segment => SegmentNames.Of(segment.Stratum)))}";
        var extent = verdict.Metrics.Contains(metric) && segments.Length > 0 ? ", overall" : "";
        var harm = MetricRule.Of(metric.Metric).IsBadBelow ? "lower" : "higher";
        var (low, high) = Ordered(metric.Interval!.Value);
        return Said($"{verdict.Release} is worse than {verdict.Baseline}{where}: {NameOf(metric.Metric)} {Math.Abs(metric.Difference!.Value) * Points:F1} points {harm}{extent} ({low * Points:F1} to {high * Points:F1}).");
    }

    private static (double Low, double High) Ordered(Interval interval) =>
        interval.High < 0 ? (-interval.High, -interval.Low) : (interval.Low, interval.High);

    private static string Missing(ReleaseVerdict verdict) => verdict.DevicesNeeded is { } devices
        ? Said($"about {devices:N0} more devices on {verdict.Release} are needed")
        : "the two have no devices that are alike";

    private static bool IsWorse(MetricVerdict metric) => metric.Verdict == Verdict.Worse;

    private static long Devices(ReleaseVerdict verdict) => verdict.Metrics[0].Release.Devices;

    private static string NameOf(VerdictMetric metric) => metric switch
    {
        VerdictMetric.SuccessRate => "success rate",
        VerdictMetric.SlowShare => "share of slow syncs",
        VerdictMetric.ConflictedShare => "share of syncs with conflicts",
        _ => "share of devices that fell silent",
    };

    private static string Said(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
