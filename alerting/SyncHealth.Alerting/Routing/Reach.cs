namespace SyncHealth.Alerting.Routing;

/// <summary>Whom an alert reaches at a moment.</summary>
/// <param name="Legs">One for each destination, in the order of the tree.</param>
public sealed record Reach(IReadOnlyList<ReachLeg> Legs)
{
    /// <summary>Receivers that hear of the alert by itself, at once.</summary>
    public IReadOnlyList<string> Now { get; } = [.. Legs.Where(leg => leg is { IsGrouped: false, Hold: null }).SelectMany(leg => leg.Receivers).Distinct()];

    /// <summary>Receivers that will hear of it by itself once an interval lets go.</summary>
    public IReadOnlyList<string> Later => [.. Legs.Where(leg => leg is { IsGrouped: false, Hold: not null }).SelectMany(leg => leg.Receivers).Distinct().Except(Now)];

    /// <summary>Why nobody hears of it, now or later; null when somebody does.</summary>
    public string? WhyNobody => Legs.Any(leg => leg.Receivers.Count > 0) ? null
        : Legs.All(leg => leg.Destination.Receivers.Count == 0) ? "no receiver is named"
        : $"not configured, or without secret: {string.Join(", ", Legs.SelectMany(leg => leg.Destination.Receivers).Distinct())}";

    /// <summary>Whom an alert reaches that goes to <paramref name="receivers"/> whatever the tree says.</summary>
    public static Reach Directly(IReadOnlyList<string> receivers) => new([new ReachLeg(new Destination(Destination.OfRule, receivers), receivers, null)]);

    /// <summary>Whom an alert with these labels reaches.</summary>
    /// <param name="tree">The routing tree.</param>
    /// <param name="labels">The alert's.</param>
    /// <param name="notify">Receivers that its rule names.</param>
    /// <param name="canHear">Whether a receiver can be told: it is configured, has its secret, and may hear of this alert.</param>
    /// <param name="now">The moment.</param>
    public static Reach Of(RouteTree tree, IReadOnlyDictionary<string, string> labels, IReadOnlyList<string> notify, Func<string, bool> canHear, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return new([.. tree.Find(labels, notify).Select(destination => new ReachLeg(destination, [.. destination.Receivers.Where(canHear)], tree.HoldOf(destination, now)))]);
    }

    /// <summary>How long the first message to a receiver waits: the shortest that a destination asks for, else the rule's.</summary>
    public TimeSpan WaitOf(string receiver, TimeSpan ofRule) => Legs.Where(leg => !leg.IsGrouped && leg.Receivers.Contains(receiver))
        .Select(leg => leg.Destination.GroupWait ?? ofRule).DefaultIfEmpty(ofRule).Min();
}
