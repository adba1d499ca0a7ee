using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;
using SyncHealth.Statistics.Verdicts;

namespace SyncHealth.Alerting.Evaluation;

/// <summary>
/// One evaluation of a rule on release verdicts: an instance for each release, or for each of its segments. Worse is a breach, not worse is good, and all that a
/// verdict leaves open is no evidence: it neither fires nor resolves. A release that is replaced is good again, for its devices have been heard from on another.
/// </summary>
internal sealed class ReleaseEvaluation(AlertRule rule, string app, IReadings readings, DateTimeOffset now)
{
    private const string Release = "app_version";
    private const string Os = "os";
    private const string Network = "network";

    /// <summary>Evaluates every release that is judged, and every instance that is remembered.</summary>
    public async Task<IReadOnlyList<Evaluated>> RunAsync(IReadOnlyDictionary<InstanceKey, AlertState> remembered, CancellationToken cancellationToken)
    {
        var releases = await readings.IsIngestDownAsync(cancellationToken) ? [] : await readings.ReadReleasesAsync(rule, app, cancellationToken);
        var known = remembered.Keys.Select(key => key.Segment).ToHashSet();
        var found = releases.SelectMany(reading => FindingsOf(reading, known)).ToDictionary(pair => pair.Segment, pair => pair.Finding);
        return [.. found.Keys.Union(known).Select(segment => Evaluate(segment, remembered, found.GetValueOrDefault(segment)))];
    }

    private Evaluated Evaluate(SegmentKey segment, IReadOnlyDictionary<InstanceKey, AlertState> remembered, Finding? found)
    {
        var key = new InstanceKey(segment, AlertClass.Threshold);
        var before = remembered.GetValueOrDefault(key);
        var finding = found ?? new Finding(Verdict.NoEvidence, Unmeasured);
        return new Evaluated(key, rule, before, finding, AlertMachine.Next(rule, before ?? AlertState.New(now), finding, now));
    }

    private IEnumerable<(SegmentKey Segment, Finding Finding)> FindingsOf(ReleaseReading reading, IReadOnlyCollection<SegmentKey> known)
    {
        if (reading.Verdict is not { } verdict)
            return known.Where(segment => segment.Values.GetValueOrDefault(Release) == reading.Release)
                .Select(segment => (segment, new Finding(Verdict.Good, Unmeasured) { Release = ReleaseFinding.Replaced(reading.Release) }));
        return rule.By.Count == 1
            ? [(SegmentKey.Of(rule.By, [reading.Release]), FindingOf(verdict, reading.From))]
            : verdict.Segments.Select(segment => (SegmentOf(reading.Release, segment.Stratum), FindingOf(VerdictOf(verdict, segment), reading.From)));
    }

    private static SegmentKey SegmentOf(string release, Stratum stratum) => SegmentKey.Of([Release, Os, Network], [release, stratum.Os, stratum.Network]);

    /// <summary>The verdict of one segment as one of its own, so that the same sentences say it.</summary>
    private static ReleaseVerdict VerdictOf(ReleaseVerdict whole, SegmentVerdict segment) => whole with
    {
        Verdict = segment.Verdict, Release = $"{whole.Release} on {SegmentNames.Of(segment.Stratum)}", Metrics = segment.Metrics, Segments = [],
    };

    private static Finding FindingOf(ReleaseVerdict verdict, DateTimeOffset from)
    {
        var meaning = verdict.Verdict switch
        {
            Statistics.Verdicts.Verdict.Worse => Verdict.Breach,
            Statistics.Verdicts.Verdict.NotWorse => Verdict.Good,
            _ => Verdict.NoEvidence,
        };
        return new Finding(meaning, MeasurementOf(verdict, from)) { Release = ReleaseFinding.Of(verdict) };
    }

    /// <summary>The harm in percentage points of the metric that decides: of those that are worse the gravest, else success.</summary>
    private static Measurement MeasurementOf(ReleaseVerdict verdict, DateTimeOffset from)
    {
        const double Points = 100;
        var metric = verdict.Metrics.Concat(verdict.WorseSegments.SelectMany(segment => segment.Metrics)).Where(one => one.Verdict == Statistics.Verdicts.Verdict.Worse)
            .MinBy(one => one.Metric) ?? verdict.Metrics[0];
        var isRate = metric.Metric == VerdictMetric.SuccessRate;
        var (sums, window) = (metric.Release, new TimeWindow(from, verdict.Watermark));
        return new Measurement(window, sums.Attempts, sums.Devices, isRate ? sums.Others : sums.Events, metric.Difference is { } difference ? (isRate ? -Points : Points) * difference : null);
    }

    private Measurement Unmeasured => new(new TimeWindow(now, now), 0, 0, 0, null);
}
