using SyncHealth.Statistics.Verdicts;
using SyncHealth.Storage.Verdicts;

namespace SyncHealth.Api.Releases;

/// <summary>A release verdict, as contract section 1 writes it.</summary>
/// <param name="Release">The release.</param>
/// <param name="Baseline">What it was held against; null where there is no other release.</param>
/// <param name="By">What a release is: version, build or tag.</param>
/// <param name="Verdict">worse, not_worse, inconclusive, insufficient, still_arriving or confounded.</param>
/// <param name="Sentence">What to do, and why, for people.</param>
/// <param name="Metrics">success_rate, slow_share, conflict_rate and, where it can be told, silent_share.</param>
/// <param name="Sample">Attempts and devices of both.</param>
/// <param name="Segments">Per system and network, by name.</param>
/// <param name="Watermark">Up to when, in event time, data was counted: later data amends the verdict.</param>
/// <param name="DevicesNeeded">About how many more devices until every metric decides; null where they have, or where no number would do.</param>
/// <param name="From">Start of the first day that was compared.</param>
/// <param name="Days">Days that were compared.</param>
/// <param name="WaitingDays">Days left out because too few of their events have arrived.</param>
/// <param name="ArrivedShare">Share of the expected events that has arrived, 0 to 1.</param>
/// <param name="SlowOverMs">What counts as slow.</param>
/// <param name="OneDeviceIn">Of how many devices one was asked: 1 for all.</param>
public sealed record VerdictView(
    string App, string Release, string? Baseline, string By, Verdict Verdict, string Sentence, IReadOnlyDictionary<string, VerdictMetricView> Metrics, VerdictSampleView Sample,
    IReadOnlyList<VerdictSegmentView> Segments, DateTimeOffset Watermark, long? DevicesNeeded, DateTimeOffset From, int Days, int WaitingDays, double ArrivedShare, double SlowOverMs,
    int OneDeviceIn)
{
    internal static VerdictView Of(VerdictQuestion question, VerdictAnswer answer)
    {
        var verdict = answer.Verdict;
        return new VerdictView(
            question.App, verdict.Release, verdict.Baseline.Length == 0 ? null : verdict.Baseline, ReleaseParameters.NameOf(question.Kind), verdict.Verdict, VerdictSentence.Advised(verdict),
            VerdictMetricView.ByName(verdict.Metrics), SampleOf(verdict.Metrics), [.. verdict.Segments.Select(VerdictSegmentView.Of)], verdict.Watermark, verdict.DevicesNeeded,
            answer.From, answer.Days, answer.WaitingDays, verdict.ArrivedShare, answer.SlowOverMs, answer.OneDeviceIn);
    }

    internal static VerdictSampleView SampleOf(IReadOnlyList<MetricVerdict> metrics) =>
        new(new(metrics[0].Release.Attempts, metrics[0].Release.Devices), new(metrics[0].Baseline.Attempts, metrics[0].Baseline.Devices));
}
