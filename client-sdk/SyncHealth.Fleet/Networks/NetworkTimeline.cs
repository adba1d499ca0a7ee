using SyncHealth.Contracts;
using SyncHealth.Fleet.Scenarios;

namespace SyncHealth.Fleet.Networks;

/// <summary>The networks that one device passes through, drawn from its seed alone. Made as far as it is asked for; any thread may ask.</summary>
/// <param name="habit">How the device divides its time.</param>
/// <param name="random">The timeline's own randomness.</param>
/// <param name="absence">A time without any network; null for none. What lies around it is as it would be without.</param>
/// <param name="field">The day of a technician, with an evening on the depot's network; null for anybody else.</param>
internal sealed class NetworkTimeline(NetworkHabit habit, Random random, Absence? absence = null, FieldService? field = null)
{
    private readonly (TimeSpan From, Link Link)[] _stays = [.. StaysOf(absence, field)];
    private readonly Lock _lock = new();
    private readonly List<Link> _links = [];

    /// <summary>The network at a moment of fleet time.</summary>
    public Link At(TimeSpan at)
    {
        foreach (var stay in _stays)
            if (at >= stay.From && at < stay.Link.Until)
                return stay.Link;
        var link = Drawn(at);
        foreach (var stay in _stays)
            if (at < stay.From && link.Until > stay.From)
                link = link with { Until = stay.From };
        return link;
    }

    private static IEnumerable<(TimeSpan From, Link Link)> StaysOf(Absence? absence, FieldService? field)
    {
        if (absence is not null)
            yield return (absence.From, Link.Offline(absence.Until));
        if (field is not null)
            yield return (field.BackAt, new Link(LinkKind.Wifi, SyncNetwork.Wifi, field.LeaveAt, TimeSpan.FromMilliseconds(40), 15e6, 40e6, 0.001));
    }

    private Link Drawn(TimeSpan at)
    {
        lock (_lock)
        {
            while (_links.Count == 0 || _links[^1].Until <= at)
                _links.Add(Next());
            var index = _links.Count - 1;
            while (index > 0 && _links[index - 1].Until > at)
                index--;
            return _links[index];
        }
    }

    private static TimeSpan MeanOf(LinkKind kind) => kind switch
    {
        LinkKind.Wifi => TimeSpan.FromMinutes(50),
        LinkKind.Cellular => TimeSpan.FromMinutes(25),
        LinkKind.LieFi => TimeSpan.FromMinutes(4),
        _ => TimeSpan.FromMinutes(10),
    };

    private Link Next()
    {
        // At a random moment a kind is met by its share of the time; after a change, by that share divided by how long the kind
        // usually lasts. So the time comes out as the habit says, from the first minute on.
        double Weight(double share, LinkKind kind) => _links.Count == 0 ? share : share / MeanOf(kind).TotalMinutes;
        var kind = random.Pick(
            (LinkKind.Wifi, Weight(habit.Wifi, LinkKind.Wifi)),
            (LinkKind.Cellular, Weight(habit.Cellular, LinkKind.Cellular)),
            (LinkKind.LieFi, Weight(habit.LieFi, LinkKind.LieFi)),
            (LinkKind.Offline, Weight(habit.Offline, LinkKind.Offline)));
        var from = _links.Count == 0 ? TimeSpan.Zero : _links[^1].Until;
        // At least half a minute: nobody changes networks faster than a device notices.
        var until = from + TimeSpan.FromSeconds(30) + random.Exponential(MeanOf(kind));
        return Make(kind, until);
    }

    private Link Make(LinkKind kind, TimeSpan until) => kind switch
    {
        LinkKind.Wifi => new Link(kind, SyncNetwork.Wifi, until, Milliseconds(25, 60), Megabits(15, 0.5), Megabits(40, 0.5), 0.001),
        LinkKind.Cellular => new Link(kind, SyncNetwork.Cellular, until, Milliseconds(60, 180), Megabits(1.2, 0.6), Megabits(8, 0.6), 0.004),
        LinkKind.LieFi => new Link(
            kind, random.NextDouble() < 0.6 ? SyncNetwork.Wifi : SyncNetwork.Cellular, until, Milliseconds(600, 2500), Megabits(0.1, 0.5), Megabits(0.3, 0.5), 0.3),
        _ => Link.Offline(until),
    };

    private TimeSpan Milliseconds(double low, double high) => TimeSpan.FromMilliseconds(random.Between(low, high));

    private double Megabits(double median, double sigma) => 1e6 * random.LogNormal(median, sigma);
}
