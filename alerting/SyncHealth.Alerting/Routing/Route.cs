namespace SyncHealth.Alerting.Routing;

/// <summary>A branch of the routing tree: which alerts it takes, and what becomes of them. What it does not say it takes from the branch above, at the top from the rule.</summary>
public sealed record Route
{
    /// <summary>Levels below each other: deeper trees nobody can follow at night.</summary>
    public const int MaxDepth = 8;

    /// <summary>Branches of one tree: every open alert walks it at every round.</summary>
    public const int MaxCount = 500;

    /// <summary>The label that stands for all labels in <see cref="GroupBy"/>, as in Alertmanager: a group for each alert.</summary>
    public const string AllLabels = "...";

    /// <summary>All have to hold; none at all holds for every alert.</summary>
    public IReadOnlyList<LabelMatcher> Match { get; init; } = [];

    /// <summary>Receivers; null for those of the branch above, at the top those that the rule names.</summary>
    public IReadOnlyList<string>? Notify { get; init; }

    /// <summary>Whether the branches beside it are asked too when this one has taken the alert.</summary>
    public bool Continue { get; init; }

    /// <summary>Labels that alerts must share to be told as one incident; null for the branch above's, at the top: every alert is told by itself.</summary>
    public IReadOnlyList<string>? GroupBy { get; init; }

    /// <summary>How long the first message waits; null for the branch above's, at the top the rule's.</summary>
    public TimeSpan? GroupWait { get; init; }

    /// <summary>Shortest time between two messages about one group.</summary>
    public TimeSpan? GroupInterval { get; init; }

    /// <summary>After how long a group that stays as it is is told again; zero for never.</summary>
    public TimeSpan? RepeatInterval { get; init; }

    /// <summary>Names of intervals in which messages wait; null for the branch above's.</summary>
    public IReadOnlyList<string>? MuteTimes { get; init; }

    /// <summary>Names of intervals outside of which messages wait; null for the branch above's.</summary>
    public IReadOnlyList<string>? ActiveTimes { get; init; }

    /// <summary>Branches below, asked in their order.</summary>
    public IReadOnlyList<Route> Routes { get; init; } = [];

    /// <summary>Line in its file, for messages about it.</summary>
    public int Line { get; init; }

    /// <summary>Whether it takes an alert with these labels.</summary>
    public bool Takes(IReadOnlyDictionary<string, string> labels) => Match.All(matcher => matcher.Matches(labels));
}
