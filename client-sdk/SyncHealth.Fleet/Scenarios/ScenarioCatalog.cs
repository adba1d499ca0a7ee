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

    private static readonly Scenario[] All = [Steady, BadRelease];

    /// <summary>Names to choose from.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(scenario => scenario.Name)];

    internal static Scenario Find(string name) => All.Single(scenario => scenario.Name == name);
}
