using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Health;

/// <summary>Writes the headline. A pure function of its facts.</summary>
public static class HeadlineWriter
{
    /// <summary>A segment with less of everything bad than this is named as the worst, not as the explanation.</summary>
    private const double ExplainsFrom = 0.5;

    /// <summary>With at most this share over 60 s the p99 is below 60 s.</summary>
    private const double SlowestOfHundred = 0.01;

    /// <summary>With fewer bad ones than this, that no segment stands out says nothing.</summary>
    private const int EnoughToBlame = 20;

    public static Headline Write(HeadlineFacts facts)
    {
        if (facts.Total.Attempts == 0)
            return Quiet(facts);
        if (Silence.Since(facts.Points, facts.Range.Step, facts.Now, facts.Speed) is { } since)
            return new Headline(Band.Poor,
            [
                HeadlinePart.Bold("No sync attempts arrive"), new(" since "), HeadlinePart.Moment(since),
                new($" ({Quantity.Age((facts.Now - since).TotalSeconds)}), though about {Expected(facts, since)} were to be expected: the apps cannot send, or ingest does not receive."),
            ], []);

        var bands = Enum.GetValues<VitalSign>().Select(sign => (Sign: sign, Band: SignMath.Judge(sign, facts.Total, facts.Bands))).ToArray();
        var worst = Leading(facts, bands);
        return worst == default ? Masked(facts) ?? Fine(facts, bands.Select(sign => sign.Band)) : Wrong(facts, worst, bands);
    }

    /// <summary>
    /// The worst sign; of two in the same band the more urgent, which comes first. A sync that times out is slow and has failed: where syncs fail and take too long,
    /// the failures lead, for they have an error and a cause.
    /// </summary>
    private static VitalSign Leading(HeadlineFacts facts, (VitalSign Sign, Band Band)[] bands)
    {
        var worst = bands.Where(sign => sign.Band > Band.Good).OrderByDescending(sign => sign.Band).Select(sign => sign.Sign).FirstOrDefault();
        var isFailing = worst == VitalSign.Duration && bands.Any(other => other is { Sign: VitalSign.SuccessRate, Band: > Band.Good });
        return isFailing && !IsOver(facts, VitalSign.SuccessRate, EpisodeOf(facts, VitalSign.SuccessRate)) ? VitalSign.SuccessRate : worst;
    }

    private static Headline Quiet(HeadlineFacts facts) => new(Band.NoData,
    [
        HeadlinePart.Bold("No sync attempts"),
        new($" in the {facts.Range.Words}{Among(facts.Filters)}. Choose a longer range{(facts.Filters.IsEmpty ? "" : " or fewer filters")}, or see below how to send one."),
    ], []);

    /// <summary>A part of the fleet that does badly while the average is good: a young release is always hidden like this at first.</summary>
    private static Headline? Masked(HeadlineFacts facts)
    {
        var (named, concentration) = Find(facts, VitalSign.SuccessRate);
        if (named is not { } suspect || suspect.Tally.Total < SignMath.MinAttempts)
            return null;
        var rate = 100 * (1 - suspect.Tally.Share);
        if (facts.Bands.SuccessRate.Judge(rate) != Band.Poor)
            return null;
        var episode = EpisodeOf(facts, VitalSign.SuccessRate);
        var over = IsOver(facts, VitalSign.SuccessRate, episode);
        return new Headline(Band.NeedsAttention,
        [
            new($"Sync success is good overall ({SignWords.Format(VitalSign.SuccessRate, facts.Total.SuccessRate ?? 0)}{Among(facts.Filters)}), but "),
            HeadlinePart.Bold(SegmentWords.Phrase(suspect.Segment)), new(" succeeds in only "), HeadlinePart.Bold(Quantity.Percent(rate)),
            .. When(facts, episode, over), new("."),
        ], suspect.Segment) { Concentration = concentration };
    }

    /// <summary>
    /// One answer for the sentence and for the panel below it: what explains a drop beyond doubt, else where failures are concentrated. Where nothing is
    /// proven of a segment that did not exist before but that traffic moved to it, what in it fails is found within the range.
    /// </summary>
    /// <returns>The segment to name; and it again where it is not what is proven, or only a part of that.</returns>
    private static (Suspect? Named, Suspect? Concentration) Find(HeadlineFacts facts, VitalSign sign)
    {
        var cause = sign == VitalSign.SuccessRate && facts.Cause is { HasSample: true, Explanation.Causes: [var first, ..] } ? first : null;
        var proven = cause is null ? null : new Suspect(CauseWords.Filters(cause), cause.Explained, new Tally(cause.Segment.Now.Failures, cause.Segment.Now.Attempts));
        if (proven is not null && cause is not { IsNew: true, RateBefore: null })
            return (proven, null);
        var worst = Attribution.Find(Cells(facts, sign));
        if (proven is null)
            return (worst, sign == VitalSign.SuccessRate ? worst : null);
        return worst is not null && worst.Segment.Count > proven.Segment.Count && proven.Segment.All(worst.Segment.Contains) ? (worst, worst) : (proven, null);
    }

    private static Headline Fine(HeadlineFacts facts, IEnumerable<Band> bands)
    {
        var total = facts.Total;
        var counts = $"{Quantity.Percent(total.SuccessRate ?? 0)} of {Quantity.Of(total.Attempts, "sync", "syncs")} from {Quantity.Devices(total.Devices)} succeeded in the {facts.Range.Words}{Among(facts.Filters)}.";
        return bands.Any(band => band == Band.Good)
            ? new Headline(Band.Good, [HeadlinePart.Bold("Nothing is wrong."), new(" " + counts)], [])
            : new Headline(Band.TooFew, [HeadlinePart.Bold("Too few syncs to judge."), new(" " + counts)], []);
    }

    private static Headline Wrong(HeadlineFacts facts, VitalSign sign, (VitalSign Sign, Band Band)[] bands)
    {
        var band = bands.Max(other => other.Band);
        var episode = EpisodeOf(facts, sign);
        var over = IsOver(facts, sign, episode);
        var (named, concentration) = Find(facts, sign);

        List<HeadlinePart> parts = [.. Opening(sign, facts)];
        parts.AddRange(When(facts, episode, over));
        parts.AddRange(sign == VitalSign.SuccessRate && facts.Cause is { HasSample: true } asked && (asked.Explanation.Causes.Count > 0 || named is null)
            ? CauseWords.Sentence(asked.Explanation, concentration)
            : Where(sign, named, SignMath.Tally(sign, facts.Total, facts.Bands).Bad));
        parts.AddRange(Blame(sign, facts.Total));
        parts.AddRange(Also(sign, bands));
        return new Headline(over ? Band.NeedsAttention : band, parts, named?.Segment ?? [], sign) { Concentration = concentration };
    }

    private static IReadOnlyList<(IReadOnlyDictionary<string, string> By, Tally Tally)> Cells(HeadlineFacts facts, VitalSign sign) =>
        sign == VitalSign.Staleness
            ? [.. facts.StaleDevices.Select(group => (group.By, SignMath.StaleDevices(group, facts.Bands)))]
            : [.. facts.Cells.Select(cell => (cell.By, SignMath.Tally(sign, cell.Points[0], facts.Bands)))];

    private static IEnumerable<HeadlinePart> Opening(VitalSign sign, HeadlineFacts facts)
    {
        var value = HeadlinePart.Bold(SignWords.Format(sign, SignMath.Value(sign, facts.Total) ?? 0));
        var target = SignWords.Format(sign, facts.Bands[sign].Target);
        var among = Among(facts.Filters);
        return sign switch
        {
            VitalSign.SuccessRate => [new("Sync success is "), value, new($" (target {target}){among}")],
            VitalSign.Duration => [new("One sync in a hundred takes "), value, new($" or longer (target {target}){among}")],
            VitalSign.ConflictRate => [new("There are "), value, new($" conflicts per 100 syncs (target {target}){among}")],
            VitalSign.QueueDepth => [new("One device in a hundred has "), value, new($" or more waiting to upload (target {target}){among}")],
            _ => [new("One device in ten has not synced for "), value, new($" or longer (target {target}){among}")],
        };
    }

    private static IEnumerable<HeadlinePart> When(HeadlineFacts facts, Episode? episode, bool over)
    {
        if (episode is not { } found || found is { First: 0 } && !over)
            return [new($" throughout the {facts.Range.Words}")];
        var from = HeadlinePart.Moment(facts.Points[found.First].At);
        if (found.End == facts.Points.Count)
            return [new(", worse since "), from];
        var to = HeadlinePart.Moment(facts.Points[found.End].At);
        return over
            ? [new(", bad from "), from, new(" to "), to, new(" and good again since")]
            : [new(", worst from "), from, new(" to "), to];
    }

    private static IEnumerable<HeadlinePart> Where(VitalSign sign, Suspect? suspect, long bad) => suspect switch
    {
        null when bad < EnoughToBlame => [new(".")],
        null => [new(". No single version, OS or network stands out.")],
        { Share: >= ExplainsFrom } => [new(": "), HeadlinePart.Bold(SegmentWords.Phrase(suspect.Segment)), new(" has "), HeadlinePart.Bold(Share(suspect.Share)), new($" of {SignWords.Bad(sign)}.")],
        _ => [new("; worst is "), HeadlinePart.Bold(SegmentWords.Phrase(suspect.Segment)), new($" with {Share(suspect.Share)} of {SignWords.Bad(sign)}.")],
    };

    /// <summary>Who is to blame, when it is mostly one: a train is not a bad release.</summary>
    private static IEnumerable<HeadlinePart> Blame(VitalSign sign, VitalsPoint total)
    {
        var (offline, server, app) = (total.Failures.Offline, total.Failures.Server, total.Failures.App);
        var most = Math.Max(offline, Math.Max(server, app));
        if (sign != VitalSign.SuccessRate || most == 0 || most < ExplainsFrom * (offline + server + app))
            return [];
        return [new(most == server ? " Most failures are the server's or time-outs." : most == offline ? " Most failures are devices without network." : " Most failures are the app's own.")];
    }

    private static IEnumerable<HeadlinePart> Also(VitalSign leading, (VitalSign Sign, Band Band)[] bands)
    {
        var others = bands.Where(other => other.Sign != leading && other.Band > Band.Good)
            .Select(other => $"{SignWords.Name(other.Sign)} {(other.Band == Band.Poor ? "is poor" : "needs attention")}").ToArray();
        return others.Length == 0 ? [] : [new($" Also: {string.Join(", ", others)}.")];
    }

    private static Episode? EpisodeOf(HeadlineFacts facts, VitalSign sign) =>
        Episode.Find([.. facts.Points.Select(point => SignMath.Tally(sign, point, facts.Bands))]);

    private static bool IsOver(HeadlineFacts facts, VitalSign sign, Episode? episode) =>
        episode is { } found && found.End < facts.Points.Count && RecoveredSince(facts, sign, found.End);

    /// <summary>Whether what came after the episode is enough to judge, and good.</summary>
    private static bool RecoveredSince(HeadlineFacts facts, VitalSign sign, int end)
    {
        var after = facts.Points.Skip(end).Where(point => SignMath.Value(sign, point) is not null).ToArray();
        // Queue depth and staleness are states: the last one counts. Rates are judged over everything since, because single minutes are noise.
        if (sign is VitalSign.QueueDepth or VitalSign.Staleness)
            return after.Length > 0 && SignMath.Judge(sign, after[^1], facts.Bands) is Band.Good;

        var tally = Tally.Sum(after.Select(point => SignMath.Tally(sign, point, facts.Bands)));
        return tally.Total >= SignMath.MinAttempts && sign switch
        {
            VitalSign.SuccessRate => facts.Bands.SuccessRate.Judge(100 * (1 - tally.Share)) == Band.Good,
            VitalSign.Duration => tally.Share <= SlowestOfHundred,
            _ => facts.Bands.ConflictRate.Judge(100 * tally.Share) == Band.Good,
        };
    }

    private static string Expected(HeadlineFacts facts, DateTimeOffset since)
    {
        var seen = facts.Points.Where(point => point.Attempts > 0).ToArray();
        var pace = seen.Sum(point => point.Attempts) / (since - seen[0].At).TotalSeconds;
        return Quantity.Count(pace * (facts.Now - since).TotalSeconds);
    }

    private static string Among(FilterSet filters) => filters.IsEmpty ? "" : $" among {SegmentWords.Phrase(filters.Filters)}";

    private static string Share(double share) => Quantity.Number(Math.Floor(share * 100), 0) + "\u00A0%";
}
