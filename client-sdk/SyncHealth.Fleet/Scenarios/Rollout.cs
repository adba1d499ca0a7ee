namespace SyncHealth.Fleet.Scenarios;

/// <summary>A release reaching devices.</summary>
/// <param name="Release">What is rolled out.</param>
/// <param name="From">Fleet time at which the first device gets it.</param>
/// <param name="Over">Time until the last one has it.</param>
/// <param name="Share">Share of the fleet that gets it, from 0 to 1.</param>
internal sealed record Rollout(Release Release, TimeSpan From, TimeSpan Over, double Share)
{
    /// <summary>When a device gets it; null when it never does.</summary>
    /// <param name="eagerness">The device's place in the queue, from 0 to 1: the same for every rollout, as auto-update settings are.</param>
    public TimeSpan? ReachesAt(double eagerness) => eagerness < Share ? From + Over * (eagerness / Share) : null;
}
