using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Statistics.Verdicts;
using SyncHealth.Storage.Verdicts;

namespace SyncHealth.Dashboard.Releases;

/// <summary>Releases with their verdicts as lines of a table.</summary>
public static class ReleaseTable
{
    private const string Nothing = "–";

    /// <summary>The release that needs somebody most: one that is worse and still runs, else the newest that still comes, else the newest that runs.</summary>
    /// <param name="newestFirst">With the verdicts there are.</param>
    public static ReleaseUse? Pick(IReadOnlyList<(ReleaseUse Use, VerdictAnswer? Answer)> newestFirst)
    {
        var running = newestFirst.Where(release => release.Use.CurrentDevices > 0).ToArray();
        var picked = running.FirstOrDefault(release => release.Answer?.Verdict.Verdict == Verdict.Worse).Use
            ?? running.FirstOrDefault(release => release.Use.Stage == ReleaseStage.RollingOut).Use
            ?? running.Concat(newestFirst).FirstOrDefault().Use;
        return picked;
    }

    public static ReleaseLine Line(ReleaseUse use, VerdictAnswer? answer, ReleasesState state, bool isShown, ReleaseLinks links)
    {
        ArgumentNullException.ThrowIfNull(use);
        ArgumentNullException.ThrowIfNull(links);
        var verdict = answer?.Verdict;
        var baseline = verdict?.Baseline ?? "";
        return new ReleaseLine(
            use.Name, state.About(use.Name).ToAddress(), isShown, ReleaseWords.Name(use.Stage), ReleaseWords.Why(use.Stage), use.Share,
            $"{Quantity.Count(use.CurrentDevices)} of {Quantity.Of(use.Devices, "device", "devices")}", use.FirstSeenAt,
            verdict is null ? Nothing : $"{Quantity.Count(verdict.Metrics[0].Release.Attempts)} / {Quantity.Count(verdict.Metrics[0].Release.Devices)}",
            baseline.Length == 0 ? Nothing : baseline,
            verdict is null ? Band.NoData : ReleaseWords.BandOf(verdict.Verdict), verdict is null ? "not judged: too old" : ReleaseWords.Name(verdict.Verdict), ReleaseWords.Needed(verdict is { Verdict: Verdict.Inconclusive or Verdict.Insufficient } ? verdict.DevicesNeeded : null),
            Difference(verdict, VerdictMetric.SuccessRate), Difference(verdict, VerdictMetric.SlowShare), Difference(verdict, VerdictMetric.ConflictedShare),
            verdict is null ? Nothing : Worst(verdict), links.Explore(use.Name, baseline));
    }

    /// <summary>The segments by how bad they are: what is proven first, then the largest loss, those with too few devices last.</summary>
    public static IEnumerable<SegmentVerdict> WorstFirst(ReleaseVerdict verdict) => verdict.Segments
        .OrderBy(segment => segment.Verdict == Verdict.Worse ? 0 : segment.Metrics[0].Difference is null ? 2 : 1)
        .ThenBy(segment => segment.Metrics[0].Difference ?? 0)
        .ThenByDescending(segment => segment.Metrics[0].Release.Devices);

    private static string Difference(ReleaseVerdict? verdict, VerdictMetric metric) =>
        verdict?.Metrics.FirstOrDefault(one => one.Metric == metric) is { } known ? ReleaseWords.Difference(known) : Nothing;

    /// <summary>The one that is proven worse, else the one that lost most success so far; a gain is no worst.</summary>
    private static string Worst(ReleaseVerdict verdict)
    {
        if (WorstFirst(verdict).FirstOrDefault() is not { } segment || segment.Metrics[0].Difference is not { } difference)
            return Nothing;
        return segment.Verdict == Verdict.Worse || difference < 0 ? $"{ReleaseWords.Name(segment.Stratum)} {ReleaseWords.Signed(difference)}{(segment.Verdict == Verdict.Worse ? "" : ", not proven")}" : "none lost";
    }
}
