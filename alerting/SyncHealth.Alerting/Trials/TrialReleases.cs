using SyncHealth.Alerting.Evaluation;
using SyncHealth.Statistics.Devices;
using SyncHealth.Statistics.Verdicts;

namespace SyncHealth.Alerting.Trials;

/// <summary>
/// The release verdicts of a trial. Each device of a series makes equally many attempts, which fail independently of one another; devices of two releases are
/// different devices, so nobody upgrades, no past can be compared, and no release is ever replaced.
/// </summary>
internal static class TrialReleases
{
    private const string Version = "app_version";

    /// <summary>What counts as slow, as in a large fleet: there is no baseline whose p99 could be frozen.</summary>
    private const double SlowMs = 60_000;

    /// <summary>Every release that is newer than its baseline, which is the one with the most devices in the same days.</summary>
    /// <param name="facts">What has arrived of the rule's environment and filters.</param>
    /// <param name="now">The moment of the evaluation.</param>
    public static IReadOnlyList<ReleaseReading> Of(IReadOnlyList<TrialFact> facts, DateTimeOffset now)
    {
        var releases = facts.Where(fact => NameOf(fact).Length > 0 && fact.Attempts > 0).GroupBy(NameOf)
            .ToDictionary(group => group.Key, group => (Facts: group.ToArray(), FirstAt: group.Min(fact => fact.At)));
        var readings = new List<ReleaseReading>();
        foreach (var (release, (own, firstAt)) in releases.OrderBy(pair => pair.Key, ReleaseOrder.Instance))
        {
            var from = new DateTimeOffset(firstAt.UtcDateTime.Date, TimeSpan.Zero);
            var (baseline, since, others) = releases.Where(other => other.Key != release)
                .Select(other => (other.Key, other.Value.FirstAt, Facts: other.Value.Facts.Where(fact => fact.At >= from).ToArray()))
                .OrderByDescending(other => DevicesOf(other.Facts)).ThenBy(other => other.Key, ReleaseOrder.Instance).FirstOrDefault();
            if (baseline is not null && since < firstAt)
                readings.Add(new ReleaseReading(release, ReleaseJudge.Judge(InputOf(release, own, baseline, others, now)), from));
        }

        return readings;
    }

    private static VerdictInput InputOf(string release, TrialFact[] own, string baseline, TrialFact[] others, DateTimeOffset now)
    {
        var (treated, control) = (own.ToLookup(StratumOf), others.ToLookup(StratumOf));
        return new VerdictInput
        {
            Release = release,
            Baseline = baseline,
            Watermark = now,
            Strata = [.. treated.Select(group => group.Key).Union(control.Select(group => group.Key)).OrderBy(stratum => stratum.Name, StringComparer.Ordinal)
                .Select(stratum => new StratumTotals(stratum, TotalsOf(treated[stratum]), TotalsOf(control[stratum])))],
        };
    }

    /// <summary>The devices of a segment in bands that ran in the same series: the first ones in all, the last ones in the largest only.</summary>
    private static ArmTotals TotalsOf(IEnumerable<TrialFact> facts)
    {
        var series = facts.GroupBy(fact => fact.Series).ToArray();
        var totals = default(ArmTotals);
        var below = 0;
        foreach (var devices in series.Select(one => one.Key.Devices).Where(count => count > 0).Distinct().Order())
        {
            var band = series.Where(one => one.Key.Devices >= devices).ToArray();
            var share = (double)(devices - below);
            totals += new ArmTotals(Sums(fact => fact.Successes), Sums(SlowOf), Sums(fact => fact.Conflicted));
            below = devices;

            DeviceSums Sums(Func<TrialFact, int> count)
            {
                double attempts = 0, events = 0, variance = 0;
                foreach (var one in band)
                {
                    var (m, s) = (one.Sum(fact => (double)fact.Attempts) / one.Key.Devices, one.Sum(fact => (double)count(fact)) / one.Key.Devices);
                    (attempts, events, variance) = (attempts + m, events + s, variance + (m == 0 ? 0 : s * (1 - (s / m))));
                }

                return new DeviceSums(
                    devices - below, Whole(share * attempts), Whole(share * events), Whole(share * attempts * attempts), Whole(share * ((events * events) + variance)),
                    Whole(share * attempts * events), Whole(DeviceSums.Millionth * share * (attempts == 0 ? 0 : events / attempts)));
            }
        }

        return totals;
    }

    private static int SlowOf(TrialFact fact) =>
        (fact.Series.SlowMs > SlowMs ? fact.Slow : 0) + (fact.Series.DurationMs > SlowMs ? fact.Attempts - fact.Slow : 0);

    private static long DevicesOf(IEnumerable<TrialFact> facts) => facts.GroupBy(StratumOf).Sum(segment => (long)segment.Max(fact => fact.Series.Devices));

    private static string NameOf(TrialFact fact) => fact.Series.Segment.GetValueOrDefault(Version, "");

    private static Stratum StratumOf(TrialFact fact) => new(fact.Series.Segment.GetValueOrDefault("os", ""), fact.Series.Segment.GetValueOrDefault("network", ""));

    private static long Whole(double sum) => (long)Math.Round(sum, MidpointRounding.AwayFromZero);
}
