namespace SyncHealth.Alerting.Routing;

/// <summary>
/// The routing tree. An alert goes down into the first branch that takes it, and further to the branches beside it while <c>continue</c> says so; in a branch
/// it goes down in the same way. Where no branch below takes it, it stays. An alert that no branch takes goes to the receivers that its rule names.
/// </summary>
public sealed class RouteTree(IReadOnlyList<Route> routes, IReadOnlyCollection<TimeInterval> intervals)
{
    /// <summary>No branches: every alert goes to the receivers of its rule.</summary>
    public static readonly RouteTree Empty = new([], []);

    private readonly Dictionary<string, TimeInterval> _intervals = intervals.ToDictionary(interval => interval.Name, StringComparer.Ordinal);

    /// <summary>Where an alert goes: at least one destination, in the order of the tree.</summary>
    /// <param name="labels">The alert's.</param>
    /// <param name="notify">Receivers that its rule names.</param>
    public IReadOnlyList<Destination> Find(IReadOnlyDictionary<string, string> labels, IReadOnlyList<string> notify) => Walk(routes, new Destination(Destination.OfRule, notify), route => route.Takes(labels));

    /// <summary>Where alerts may go of which only some labels are known.</summary>
    /// <param name="known">Labels that all of them have.</param>
    /// <param name="isOpen">Whether a label that is not among them may still have any value.</param>
    /// <param name="notify">Receivers that their rule names.</param>
    public IReadOnlyList<Destination> FindAny(IReadOnlyDictionary<string, string> known, Func<string, bool> isOpen, IReadOnlyList<string> notify)
    {
        return Below(routes, new Destination(Destination.OfRule, notify));

        bool IsOpen(LabelMatcher matcher) => !known.ContainsKey(matcher.Label) && isOpen(matcher.Label);

        List<Destination> Below(IReadOnlyList<Route> branches, Destination above)
        {
            var (found, mayStay) = (new List<Destination>(), true);
            foreach (var route in branches.Where(route => route.Match.All(matcher => IsOpen(matcher) || matcher.Matches(known))))
            {
                found.AddRange(Below(route.Routes, above.Below(route)));
                if (route.Match.Any(IsOpen))
                    continue;
                mayStay = false;
                if (!route.Continue)
                    break;
            }

            return mayStay ? [above, .. found] : found;
        }
    }

    /// <summary>What holds a destination's messages back at a moment; null when they go out. Of several, the one that lets go last; of times to be active, the one that begins first.</summary>
    public Hold? HoldOf(Destination destination, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var holds = destination.MuteTimes.Select(name => _intervals[name]).Where(interval => interval.Contains(now))
            .Select(interval => new Hold(interval.Name, interval.ChangesAfter(now))).ToList();
        var active = destination.ActiveTimes.Select(name => _intervals[name]).ToArray();
        if (active.Length > 0 && !active.Any(interval => interval.Contains(now)))
            holds.Add(active.Select(interval => new Hold(interval.Name, interval.ChangesAfter(now))).MinBy(hold => hold.Until ?? DateTimeOffset.MaxValue)!);
        return holds.MaxBy(hold => hold.Until ?? DateTimeOffset.MaxValue);
    }

    private static List<Destination> Walk(IReadOnlyList<Route> branches, Destination above, Func<Route, bool> takes)
    {
        var found = new List<Destination>();
        foreach (var route in branches.Where(takes))
        {
            found.AddRange(Walk(route.Routes, above.Below(route), takes));
            if (!route.Continue)
                break;
        }

        return found.Count > 0 ? found : [above];
    }
}
