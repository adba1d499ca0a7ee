using SyncHealth.Fleet.Networks;

namespace SyncHealth.Fleet.Scenarios;

/// <summary>The scenarios that ship.</summary>
public static class ScenarioCatalog
{
    /// <summary>Nothing happens: three versions side by side, ordinary networks, ordinary users.</summary>
    internal static readonly Scenario Steady = new("steady");

    /// <summary>
    /// An hour in, 2.5.0 reaches half of the fleet within a quarter of an hour; on mobile networks its syncs fail or crawl. After two
    /// and a half hours 2.5.1 takes its place on the same devices. In six hours one sees it healthy, broken and healed.
    /// </summary>
    internal static readonly Scenario BadRelease = new("bad-release") { Rollouts = BrokenAndHealed(Defect.DebugLogOnCellular) };

    /// <summary>
    /// After 70 minutes the entrance of <c>ap-south</c>, a fifth of the fleet, answers 503 for an hour: to every version, system and network
    /// alike. Then its devices return all at once with what they saved up, and for a quarter of an hour the entrance takes only a part of
    /// them. The other regions notice nothing.
    /// </summary>
    internal static readonly Scenario RegionalOutage = new("regional-outage")
    {
        Outage = new Outage("ap-south", TimeSpan.FromMinutes(70), TimeSpan.FromMinutes(130), TimeSpan.FromMinutes(15)),
    };

    /// <summary>Commuters spend half of their time on networks that look alive and carry next to nothing; everybody else lives as usual.</summary>
    internal static readonly Scenario LieFi = new("lie-fi")
    {
        Habits = new Dictionary<string, NetworkHabit> { ["commuter"] = new(Wifi: 0.15, Cellular: 0.25, LieFi: 0.50, Offline: 0.10) },
    };

    /// <summary>Teams of eight share their notes; from 1:00 to 2:00 all of them edit the same few, eight times as busily as usual. Every second team merges field by field.</summary>
    internal static readonly Scenario ConflictStorm = new("conflict-storm")
    {
        Storm = new Storm(TeamSize: 8, TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(120), Busier: 8),
    };

    /// <summary>At 1:30 every device of one model stops for good, in the middle of whatever it was doing.</summary>
    internal static readonly Scenario SilentDevices = new("silent-devices") { Silence = new Silence("Redmi Note 12", TimeSpan.FromMinutes(90)) };

    /// <summary>One device in eight has a wrong clock: two years or three and a half hours ahead, a day or twenty years behind.</summary>
    internal static readonly Scenario WrongClocks = new("clock-skew")
    {
        Skews =
        [
            new ClockSkew(0.04, TimeSpan.FromDays(2 * 365)), new ClockSkew(0.04, TimeSpan.FromHours(3.5)),
            new ClockSkew(0.03, TimeSpan.FromDays(-1)), new ClockSkew(0.02, TimeSpan.FromDays(-20 * 365)),
        ],
    };

    /// <summary>As <see cref="BadRelease"/>, but what 2.5.0 gets wrong is the name of deletions: the server refuses each, the device sets it aside, and goes on.</summary>
    internal static readonly Scenario PoisonRecord = new("poison-record") { Rollouts = BrokenAndHealed(Defect.RenamedDeletion) };

    /// <summary>From 1:00 on two fifths of the fleet, a company's staff, open the app for the first time within ten minutes; each device fetches the company's notebook, thousands of notes.</summary>
    internal static readonly Scenario FirstSync = new("first-sync")
    {
        Wave = new Wave(0.4, TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(12)),
    };

    /// <summary>At 0:40 the field crews leave every network and go on working; at 4:40 all of them are back.</summary>
    internal static readonly Scenario LongOffline = new("long-offline") { Absence = new Absence("field", TimeSpan.FromMinutes(40), TimeSpan.FromMinutes(280)) };

    /// <summary>
    /// Three in ten are technicians: customers, jobs, tasks and photos, all day on mobile networks, where photos wait. At 3:00 they are back at the depot, whose
    /// wireless LAN takes the photos of the day; at 4:30 they leave again.
    /// </summary>
    internal static readonly Scenario OnTheRoad = new("field-service")
    {
        Field = new FieldService(Share: 0.3, CrewSize: 6, TimeSpan.FromMinutes(180), TimeSpan.FromMinutes(270)),
        Habits = new Dictionary<string, NetworkHabit> { [FieldService.Cohort] = new(Wifi: 0, Cellular: 0.85, LieFi: 0.05, Offline: 0.10) },
    };

    /// <summary>
    /// Half an hour in, 2.5.0 reaches half of the fleet within a quarter of an hour, and works. At 1:30 the certificate that it insists on runs out: its devices
    /// reach nobody any more, and so report no failure either. Every rate stays as it was; only who is heard of shows it.
    /// </summary>
    internal static readonly Scenario LockedOut = new("locked-out")
    {
        Rollouts = [new Rollout(new Release("2.5.0"), TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(15), 0.5)],
        Lockout = new Lockout("2.5.0", TimeSpan.FromMinutes(90)),
    };

    private static readonly Scenario[] All =
        [Steady, BadRelease, RegionalOutage, LieFi, ConflictStorm, SilentDevices, WrongClocks, PoisonRecord, FirstSync, LongOffline, OnTheRoad, LockedOut];

    /// <summary>Names to choose from.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(scenario => scenario.Name)];

    internal static Scenario Find(string name) => All.Single(scenario => scenario.Name == name);

    private static Rollout[] BrokenAndHealed(Defect defect) =>
    [
        new Rollout(new Release("2.5.0", defect), TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(14), 0.5),
        new Rollout(new Release("2.5.1"), TimeSpan.FromMinutes(150), TimeSpan.FromMinutes(15), 0.5),
    ];
}
