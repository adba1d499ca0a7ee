using SyncHealth.Statistics.Multiplicity;
using SyncHealth.Statistics.Sequential;

namespace SyncHealth.Statistics.Causes;

/// <summary>Names what explains a drop, or says that nothing single does.</summary>
/// <remarks>
/// The named segment is the one whose change differs most surely from the rest's: the scan statistic of Kulldorff (1997), Communications in Statistics 26:1481, over segments
/// of one to three dimensions, which prefers "android on cellular" to "android" exactly when only that part changed. Its gate is e-BH (Wang and Ramdas, 2022). What is new has the
/// past of its place (<see cref="Succession"/>). Mix and rate are split as by Kitagawa (1955); <see cref="Adtributor"/> ranks the dimensions beside it.
/// </remarks>
public static class CauseFinder
{
    private static readonly double Certain = -Math.Log(CauseLimits.Alpha);

    /// <summary>Explains the change of the failure rate between the two periods.</summary>
    /// <returns>No causes where the rate did not rise, where too few devices report, or where no segment stands out.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The design effect is below 1.</exception>
    public static Explanation Explain(CauseInput input)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(input.DesignEffect, 1);
        var evidence = new Evidence(input.DesignEffect);
        var dimensions = Dimensions(input);
        var change = input.Now.Rate - input.Before.Rate;
        var splits = dimensions.ToDictionary(dimension => dimension.Key, dimension => MixRateSplit.Of([.. dimension.Value]), StringComparer.Ordinal);
        var leading = splits.OrderByDescending(pair => pair.Value.Mix).ThenBy(pair => pair.Key, StringComparer.Ordinal).FirstOrDefault();
        var isDrop = change > 0 && input.Before.Attempts > 0;
        List<Cause> causes = isDrop ? GotWorse(input, evidence, change) : [];
        var isNamed = leading.Key == input.Succession && causes.Any(cause => cause.Kind == CauseKind.New);
        if (isDrop && !isNamed && causes.Count < CauseLimits.MostNamed && leading.Key is not null && MixMoved(input, evidence, change, leading.Key, leading.Value) is { } moved)
            causes.Add(moved);
        return new Explanation
        {
            Change = change,
            Split = leading.Value,
            Causes = causes,
            ErrorCodes = isDrop ? ErrorCodes(input, evidence, change) : [],
            Dimensions = Adtributor.OfRates(dimensions),
        };
    }

    private static Dictionary<string, IReadOnlyList<SegmentCounts>> Dimensions(CauseInput input) =>
        input.Elements.Where(element => element.Where.Count == 1).GroupBy(element => element.Where[0].Dimension, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<SegmentCounts>)[.. group.Select(element => element.ToSegment())], StringComparer.Ordinal);

    /// <summary>The surest segment, then the surest of what is left without it, and so on.</summary>
    private static List<Cause> GotWorse(CauseInput input, Evidence evidence, double change)
    {
        var named = new List<Cause>();
        var elements = Succession.Lend(input);
        var (rest, before, now) = (elements, input.Before, input.Now);
        while (named.Count < CauseLimits.MostNamed && Surest(rest, evidence, before, now) is { } found)
        {
            var explained = RateEffect(found.Segment, input) / change;
            if (explained < CauseLimits.MinimumExplained)
                break;
            var kind = found.Segment.Place is null ? CauseKind.GotWorse : CauseKind.New;
            named.Add(new Cause(elements.Single(element => element.Name == found.Segment.Name), kind, explained, AlwaysValid.P(found.LogEvidence)));
            (before, now) = (before.Less(found.Segment.Before), now.Less(found.Segment.Now));
            rest = [.. rest.Select(element => Without(element, found.Segment, rest)).OfType<CauseElement>()];
        }

        return named;
    }

    private static (CauseElement Segment, double LogEvidence)? Surest(IReadOnlyList<CauseElement> elements, Evidence evidence, CauseCounts before, CauseCounts now)
    {
        var asked = elements.Where(element => element is { HasDevices: true, Before.Attempts: > 0, Now.Attempts: > 0 })
            .Select(element => (Segment: element, LogEvidence: evidence.OfContrast(element, before, now))).ToArray();
        var believed = EBenjaminiHochberg.Rejected([.. asked.Select(one => one.LogEvidence)], CauseLimits.Alpha);
        var found = asked.Zip(believed).Where(pair => pair.Second).Select(pair => pair.First)
            .Where(one => IsSurelyWorse(one.Segment, evidence) && IsWorseThanTheRest(one.Segment, before, now) && (one.Segment.Place is not { } place || IsSurelyWorse(place, evidence)))
            .OrderByDescending(one => one.LogEvidence).ThenBy(one => one.Segment.Where.Count).ThenBy(one => one.Segment.Name, StringComparer.Ordinal).ToArray();
        return found.Length == 0 ? null : found[0];
    }

    private static bool IsSurelyWorse(CauseElement segment, Evidence evidence) =>
        segment.Now.Rate > segment.Before.Rate && evidence.OfChange(segment.Before, segment.Now) >= Certain;

    private static bool IsWorseThanTheRest(CauseElement segment, CauseCounts before, CauseCounts now) =>
        segment.Now.Rate - segment.Before.Rate > now.Less(segment.Now).Rate - before.Less(segment.Before).Rate;

    /// <summary>The element less the part that is explained already; null where nothing is left or the common part is not known.</summary>
    private static CauseElement? Without(CauseElement element, CauseElement named, IReadOnlyList<CauseElement> all)
    {
        if (element.IsApartFrom(named))
            return named.Place is null || element.Place is not null || element.IsApartFrom(named.Place) ? element : Yielded(element, named, named.Place, all);
        if (element.IsInside(named))
            return null;
        var both = element.Where.Concat(named.Where).ToHashSet();
        var common = named.IsInside(element) ? named : all.FirstOrDefault(other => other.IsExactly(both));
        return common is null ? null : element with { Before = element.Before.Less(common.Before), Now = element.Now.Less(common.Now) };
    }

    /// <summary>An older value in the place that a new one came into: less what it lent to the new one's past.</summary>
    private static CauseElement? Yielded(CauseElement element, CauseElement named, CauseElement place, IReadOnlyList<CauseElement> all)
    {
        var both = element.Where.Concat(place.Where).ToHashSet();
        return all.FirstOrDefault(other => other.IsExactly(both)) is { } common
            ? element with { Before = element.Before.Less(common.Before.Part((double)named.Before.Attempts / place.Before.Attempts)) }
            : null;
    }

    /// <summary>What the segment's own change did to the whole rate: its part of Kitagawa's rate effect.</summary>
    private static double RateEffect(CauseElement element, CauseInput input) =>
        (((double)element.Before.Attempts / input.Before.Attempts) + ((double)element.Now.Attempts / input.Now.Attempts)) / 2 * (element.Now.Rate - element.Before.Rate);

    private static Cause? MixMoved(CauseInput input, Evidence evidence, double change, string dimension, MixRateSplit split)
    {
        if (split.Mix < CauseLimits.MostOfTheChange * change || evidence.OfChange(input.Before, input.Now) < Certain)
            return null;
        var mean = (input.Before.Rate + input.Now.Rate) / 2;
        var elements = input.Elements.Where(element => element.Where.Count == 1 && element.Where[0].Dimension == dimension).ToArray();
        var grown = elements.Where(element => ShareChange(element, input) > 0).MaxBy(element => ShareChange(element, input) * (((element.Before.Rate + element.Now.Rate) / 2) - mean));
        if (grown is null || input.Before.Devices == 0 || input.Now.Devices == 0)
            return null;
        var log = evidence.OfShare(
            (double)grown.Before.Attempts / input.Before.Attempts, input.Before.Devices, (double)grown.Now.Attempts / input.Now.Attempts, input.Now.Devices);
        return log >= Certain + Math.Log(elements.Length) ? new Cause(grown, CauseKind.MixMoved, split.Mix / change, AlwaysValid.P(log)) : null;
    }

    private static double ShareChange(CauseElement element, CauseInput input) =>
        ((double)element.Now.Attempts / input.Now.Attempts) - ((double)element.Before.Attempts / input.Before.Attempts);

    /// <summary>Each code's failures are a share of all attempts, so that the codes' changes add up to the whole one.</summary>
    private static ErrorCause[] ErrorCodes(CauseInput input, Evidence evidence, double change)
    {
        var asked = input.ErrorCodes.Select(code => (Code: code, Before: input.Before with { Failures = code.Before }, Now: input.Now with { Failures = code.Now })).ToArray();
        var logs = asked.Select(one => evidence.OfChange(one.Before, one.Now)).ToArray();
        var believed = EBenjaminiHochberg.Rejected(logs, CauseLimits.Alpha);
        return
        [
            .. asked.Select((one, index) => (Cause: new ErrorCause(one.Code, (one.Now.Rate - one.Before.Rate) / change, AlwaysValid.P(logs[index])), IsBelieved: believed[index]))
                .Where(one => one.IsBelieved && one.Cause.Explained >= CauseLimits.MinimumExplained).Select(one => one.Cause)
                .OrderByDescending(cause => cause.Explained).ThenBy(cause => cause.Code.Code, StringComparer.Ordinal).Take(CauseLimits.MostNamed),
        ];
    }
}
