namespace SyncHealth.Alerting.Routing;

/// <summary>Where the tree leads an alert: the branch with everything it takes from above.</summary>
/// <param name="Path">The matchers on the way, as <c>{severity=critical} &gt; {app=notes}</c>; <c>rule</c> where no branch took the alert.</param>
/// <param name="Receivers">Who is told, in the words of the file; they need not be configured.</param>
public sealed record Destination(string Path, IReadOnlyList<string> Receivers)
{
    /// <summary>The path of what no branch takes.</summary>
    public const string OfRule = "rule";

    public static readonly TimeSpan DefaultGroupInterval = TimeSpan.FromMinutes(5);

    /// <summary>Labels of a group; null when the alert is told by itself.</summary>
    public IReadOnlyList<string>? GroupBy { get; init; }

    /// <summary>Null for the rule's.</summary>
    public TimeSpan? GroupWait { get; init; }

    public TimeSpan GroupInterval { get; init; } = DefaultGroupInterval;

    /// <summary>Zero for never.</summary>
    public TimeSpan RepeatInterval { get; init; }

    public IReadOnlyList<string> MuteTimes { get; init; } = [];

    public IReadOnlyList<string> ActiveTimes { get; init; } = [];

    /// <summary>What a branch makes of what it takes from above.</summary>
    internal Destination Below(Route route) => this with
    {
        Path = PathOf(route),
        Receivers = route.Notify ?? Receivers,
        GroupBy = route.GroupBy ?? GroupBy,
        GroupWait = route.GroupWait ?? GroupWait,
        GroupInterval = route.GroupInterval ?? GroupInterval,
        RepeatInterval = route.RepeatInterval ?? RepeatInterval,
        MuteTimes = route.MuteTimes ?? MuteTimes,
        ActiveTimes = route.ActiveTimes ?? ActiveTimes,
    };

    private string PathOf(Route route)
    {
        var own = $"{{{string.Join(", ", route.Match)}}}";
        return Path == OfRule ? own : $"{Path} > {own}";
    }
}
