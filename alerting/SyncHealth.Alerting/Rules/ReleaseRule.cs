namespace SyncHealth.Alerting.Rules;

/// <summary>What a rule on release verdicts may say: where, whom it tells and how long, but nothing of what the verdict decides by itself.</summary>
internal static class ReleaseRule
{
    private const string Release = "app_version";

    /// <summary>Keys of other rules that a verdict has an answer of its own for: days, thresholds, least evidence, and what absence means.</summary>
    private static readonly string[] Decided =
    [
        "below", "above", "dropsBy", "risesBy", "comparedWith", "recover", "window", "mode", "confidence", "minAttempts", "minDevices", "noData", "newGroupGrace", "clock", "lateLimit",
    ];

    /// <summary>One instance a release, or one for each of its segments.</summary>
    public static IReadOnlyList<string> ByRelease { get; } = [Release];

    /// <summary>Dimensions of a verdict: the release, and the strata inside which it is compared.</summary>
    public static IReadOnlyList<string> Dimensions { get; } = [Release, "os", "network"];

    /// <summary>What both releases may be narrowed to: a filter on the release would leave nothing to compare with.</summary>
    public static IReadOnlyList<string> Filters { get; } = ["os", "network"];

    /// <summary>Refuses the keys that mean nothing here.</summary>
    /// <returns>Whether the rule may be read on.</returns>
    public static bool Check(Section section, MetricTraits traits)
    {
        var wrong = Decided.Where(section.Has).ToArray();
        foreach (var key in wrong)
            section.Refuse(key, $"{traits.Key} decides that by itself; leave it out.");
        return wrong.Length == 0;
    }

    /// <summary>The grouping: by release unless the rule asks for its segments.</summary>
    public static IReadOnlyList<string> ReadBy(Section section, IReadOnlyList<string> by)
    {
        if (by.Count == 0)
            return ByRelease;
        if (by.All(Dimensions.Contains) && !(by.Contains(Release) && (by.Count == ByRelease.Count || by.Count == Dimensions.Count)))
            section.Refuse("by", $"must be [{Release}] or [{string.Join(", ", Dimensions)}].");
        return by;
    }
}
