namespace SyncHealth.Fleet.Scenarios;

/// <summary>What happens to a fleet, by fleet time.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Rollouts">Releases that come out while it runs, oldest first.</param>
/// <param name="Outage">A region that is cut off for a while; null for none.</param>
internal sealed record Scenario(string Name, IReadOnlyList<Rollout> Rollouts, Outage? Outage = null)
{
    /// <summary>The outage that a device of a region lives through; null for none.</summary>
    public Outage? OutageOf(string region) => Outage is { } outage && outage.Region == region ? outage : null;

    /// <summary>The release that a device runs at a moment.</summary>
    public Release ReleaseAt(Release installed, double eagerness, TimeSpan at) =>
        Rollouts.LastOrDefault(rollout => rollout.ReachesAt(eagerness) <= at)?.Release ?? installed;
}
