namespace SyncHealth.Fleet.Scenarios;

/// <summary>The scenarios that ship.</summary>
public static class ScenarioCatalog
{
    /// <summary>Nothing happens: three versions side by side, ordinary networks, ordinary users.</summary>
    internal static readonly Scenario Steady = new("steady", []);

    /// <summary>
    /// An hour in, 2.5.0 reaches half of the fleet within a quarter of an hour; on mobile networks its syncs fail or crawl. After two
    /// and a half hours 2.5.1 takes its place on the same devices. In six hours one sees it healthy, broken and healed.
    /// </summary>
    internal static readonly Scenario BadRelease = new("bad-release",
    [
        new Rollout(new Release("2.5.0", Defect.DebugLogOnCellular), TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(14), 0.5),
        new Rollout(new Release("2.5.1"), TimeSpan.FromMinutes(150), TimeSpan.FromMinutes(15), 0.5),
    ]);

    /// <summary>
    /// After 70 minutes the entrance of <c>ap-south</c>, a fifth of the fleet, answers 503 for an hour: to every version, system and network
    /// alike. Then its devices return all at once with what they saved up, and for a quarter of an hour the entrance takes only a part of
    /// them. The other regions notice nothing.
    /// </summary>
    internal static readonly Scenario RegionalOutage = new(
        "regional-outage", [], new Outage("ap-south", TimeSpan.FromMinutes(70), TimeSpan.FromMinutes(130), TimeSpan.FromMinutes(15)));

    private static readonly Scenario[] All = [Steady, BadRelease, RegionalOutage];

    /// <summary>Names to choose from.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(scenario => scenario.Name)];

    internal static Scenario Find(string name) => All.Single(scenario => scenario.Name == name);
}
