namespace SyncHealth.Alerting.Rules;

/// <summary>Reads the one of <c>below</c>, <c>above</c>, <c>dropsBy</c> and <c>risesBy</c> that a rule has, and what goes with it.</summary>
internal static class ThresholdReader
{
    private const string CompareKey = "comparedWith";

    private static readonly (string Key, bool Below, bool Moves)[] Kinds =
        [("below", true, false), ("above", false, false), ("dropsBy", true, true), ("risesBy", false, true)];

    private static readonly Dictionary<string, ComparedWith> Baselines = Enum.GetValues<ComparedWith>().ToDictionary(Wording.Of);

    /// <summary>The threshold, or null when there is none that can be meant.</summary>
    public static Threshold? Read(Section section, MetricTraits traits)
    {
        if (traits.Basis == MetricBasis.Releases)
            return new Threshold(0, 0, Below: false, null);                              // the verdict has its own, and a rule that names one is refused
        var fitting = Kinds.Where(kind => IsFitting(traits, kind)).ToArray();
        var used = Kinds.Where(kind => section.Has(kind.Key)).ToArray();
        foreach (var (key, _, _) in used.Except(fitting))
            section.Refuse(key, $"{traits.Key} takes '{string.Join("' or '", fitting.Select(kind => kind.Key))}'.");
        if (traits.Basis == MetricBasis.Expected && used.Length == 0)
            return new Threshold(RuleLimits.DefaultSilentFleet, ReadRecover(section, traits, fitting[0], RuleLimits.DefaultSilentFleet), Below: true, null);
        if (used.Length == 0)
            section.Refuse("", $"'{string.Join("' or '", fitting.Where(kind => !kind.Moves).Select(kind => kind.Key))}' is missing.");
        if (used.Length > 1)
            section.Refuse(used[1].Key, $"stands beside '{used[0].Key}'; a rule has one threshold.");
        return used.Length == 1 && fitting.Contains(used[0]) ? Read(section, traits, used[0]) : null;
    }

    private static Threshold? Read(Section section, MetricTraits traits, (string Key, bool Below, bool Moves) kind)
    {
        if (!kind.Moves && section.Has(CompareKey))
            section.Refuse(CompareKey, "needs 'dropsBy' or 'risesBy'.");
        var baseline = section.Choice(CompareKey, Baselines) ?? ComparedWith.LastWeek;
        if (section.Number(kind.Key, 0, kind.Moves ? MaxChange(traits) : traits.MaxLimit) is not { } limit)
            return null;
        var recover = ReadRecover(section, traits, kind, limit);
        return kind.Moves
            ? new Threshold(0, 0, kind.Below, new RuleComparison(limit, recover, baseline))
            : new Threshold(limit, recover, kind.Below, null);
    }

    private static bool IsFitting(MetricTraits traits, (string Key, bool Below, bool Moves) kind) =>
        (traits.IsBadBelow is null || traits.IsBadBelow == kind.Below) && !(kind.Moves && traits.Basis is MetricBasis.Devices or MetricBasis.Expected);

    /// <summary>A rate changes by at most a hundred points; a duration or a count may grow tenfold, or more.</summary>
    private static double MaxChange(MetricTraits traits) => traits.Unit == "percent" && traits.IsShare ? 100 : 10_000;

    private static double ReadRecover(Section section, MetricTraits traits, (string Key, bool Below, bool Moves) kind, double limit)
    {
        if (section.Number("recover", 0, kind.Moves ? MaxChange(traits) : traits.MaxLimit) is not { } recover)
            return limit;
        if (kind.Below && !kind.Moves ? recover < limit : recover > limit)
            section.Refuse("recover", FormattableString.Invariant($"{recover} must lie on the good side of the threshold {limit}."));
        return recover;
    }
}
