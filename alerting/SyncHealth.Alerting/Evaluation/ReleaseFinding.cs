using SyncHealth.Statistics.Verdicts;

namespace SyncHealth.Alerting.Evaluation;

/// <summary>The release verdict behind a finding, stored with each transition: what the page said then, whatever late data makes of it.</summary>
/// <param name="Verdict">In the words of <see cref="ReleaseFigure.Verdict"/>, or <c>replaced</c>.</param>
/// <param name="Baseline">What it was held against; empty where nothing was.</param>
/// <param name="Sentence">The verdict in one plain sentence.</param>
/// <param name="Advice">What to do, and the sentence.</param>
/// <param name="Figures">Per metric.</param>
public sealed record ReleaseFinding(string Verdict, string Baseline, string Sentence, string Advice, IReadOnlyList<ReleaseFigure> Figures)
{
    private const double Points = 100;

    /// <summary>What is stored of a verdict, over all or of one segment.</summary>
    public static ReleaseFinding Of(ReleaseVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        return new ReleaseFinding(Wording.Of(verdict.Verdict), verdict.Baseline, VerdictSentence.Of(verdict), VerdictSentence.Advised(verdict), [.. verdict.Metrics.Select(FigureOf)]);
    }

    /// <summary>What is stored of a release that nothing depends on any more.</summary>
    public static ReleaseFinding Replaced(string release)
    {
        var sentence = $"{release} is replaced: most devices that ran it run another release by now.";
        return new ReleaseFinding("replaced", "", sentence, sentence, []);
    }

    private static ReleaseFigure FigureOf(MetricVerdict metric) =>
        new(NameOf(metric.Metric), Wording.Of(metric.Verdict), metric.Difference * Points, metric.Interval?.Low * Points, metric.Interval?.High * Points);

    private static string NameOf(VerdictMetric metric) => metric == VerdictMetric.ConflictedShare ? "conflict_rate" : Wording.Of(metric);
}
