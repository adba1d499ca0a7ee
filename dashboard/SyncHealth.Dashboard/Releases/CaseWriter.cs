using SyncHealth.Dashboard.Panels;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Statistics.Verdicts;
using SyncHealth.Storage.Verdicts;

namespace SyncHealth.Dashboard.Releases;

/// <summary>Says what a verdict means and on what it rests.</summary>
public static class CaseWriter
{
    /// <summary>Offered as something to be held against: more are in the address.</summary>
    private const int MostBaselines = 6;

    /// <param name="state">The page about this release.</param>
    /// <param name="names">All releases, newest first.</param>
    public static ReleaseCase Write(VerdictAnswer answer, ReleasesState state, string app, IReadOnlyList<string> names, ReleaseLinks links)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(state);
        var verdict = answer.Verdict;
        var sentence = VerdictSentence.Advised(verdict);
        return new ReleaseCase(
            verdict.Release, verdict.Baseline, ReleaseWords.BandOf(verdict.Verdict), sentence, $"{ReleaseWords.Sign(verdict.Verdict)} {app}: {sentence}",
            (state with { App = app, Release = verdict.Release, Baseline = verdict.Baseline.Length == 0 ? null : verdict.Baseline }).ToAddress(),
            [.. verdict.Metrics.Select(Line)], [.. ReleaseTable.WorstFirst(verdict).Select(segment => Line(segment, verdict, links))], [.. Basis(answer)],
            [.. names.Where(name => name != verdict.Release).Take(MostBaselines).Select(name => new ChoiceOption(
                name, (state with { Release = verdict.Release, Baseline = name }).ToAddress(), name == verdict.Baseline, $"Hold {verdict.Release} against {name}"))]);
    }

    private static MetricLine Line(MetricVerdict metric) => new(
        ReleaseWords.Name(metric.Metric), ReleaseWords.Rate(metric.Release), ReleaseWords.Rate(metric.Baseline), ReleaseWords.Difference(metric), ReleaseWords.P(metric.P),
        Quantity.Number(metric.Margin * 100, 2), ReleaseWords.BandOf(metric.Verdict),
        ReleaseWords.Name(metric.Verdict) + (ReleaseWords.Needed(metric.DevicesNeeded) is { } needed ? $", {needed}" : ""), ReleaseWords.Name(metric.Method));

    private static SegmentLine Line(SegmentVerdict segment, ReleaseVerdict verdict, ReleaseLinks links) => new(
        ReleaseWords.Name(segment.Stratum), $"{Quantity.Count(segment.Metrics[0].Release.Devices)} / {Quantity.Count(segment.Metrics[0].Baseline.Devices)}",
        ReleaseWords.Difference(segment.Metrics[0]), ReleaseWords.Difference(segment.Metrics[1]), ReleaseWords.Difference(segment.Metrics[2]),
        ReleaseWords.BandOf(segment.Verdict), ReleaseWords.Name(segment.Verdict), links.Explore(verdict.Release, verdict.Baseline, segment.Stratum));

    private static IEnumerable<string> Basis(VerdictAnswer answer)
    {
        var verdict = answer.Verdict;
        if (verdict.Baseline.Length == 0)
            yield break;
        var (release, baseline) = (verdict.Metrics[0].Release, verdict.Metrics[0].Baseline);
        yield return $"{Devices(release.Devices)} on {verdict.Release} with {Attempts(release.Attempts)}, {Devices(baseline.Devices)} on {verdict.Baseline} with {Attempts(baseline.Attempts)}, {(answer.Days == 1 ? "on the same day" : $"in the same {Quantity.Count(answer.Days)} days")} (UTC), compared inside the same system and network. A device is one observation, however often it tried.";
        yield return $"The intervals hold however often one looks. Fewer than {VerdictLimits.MinimumDevices} devices on either side are not judged; a segment is called worse only where it holds among all segments.";
        yield return $"Slow is what takes longer than {Quantity.Milliseconds(answer.SlowOverMs)}{(answer.OneDeviceIn == 1 ? $": the p99 of {verdict.Baseline} in these days" : "")}.";
        yield return $"{Quantity.Percent(verdict.ArrivedShare * 100)} of the expected events have arrived{(answer.WaitingDays > 0 ? $"; {Quantity.Of(answer.WaitingDays, "day waits", "days wait")} for the rest" : "")}. Late ones amend this verdict.";
        foreach (var metric in verdict.Metrics.Where(metric => metric.IsConfounded))
            yield return $"{ReleaseWords.Name(metric.Metric)}: the same devices differed before the release already, by {ReleaseWords.Between(metric.Placebo!.Value)} points.";
        if (verdict.Coverage is { } coverage)
            yield return $"Of {Devices(coverage.ReleaseDevices)} that took {verdict.Release} more than a day ago {Quantity.Count(coverage.ReleaseSilent)} fell silent, of {Quantity.Count(coverage.BaselineDevices)} on {verdict.Baseline} {Quantity.Count(coverage.BaselineSilent)}.";
        if (answer.OneDeviceIn > 1)
            yield return $"The fleet is large: one device in {Quantity.Count(answer.OneDeviceIn)} was asked, always the same ones.";
    }

    private static string Devices(long count) => Quantity.Of(count, "device", "devices");

    private static string Attempts(long count) => Quantity.Of(count, "attempt", "attempts");
}
