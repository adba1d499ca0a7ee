namespace SyncHealth.Storage.Devices;

/// <summary>The devices of one segment by how long each has been silent against its own habit. A device stands in the segment of its last report.</summary>
/// <param name="By">Dimensions as asked, with the values of the group.</param>
/// <param name="Active">Silent no longer than the longest pause it is used to make (a day for one without a habit).</param>
/// <param name="Late">Silent for up to twice as long.</param>
/// <param name="Silent">Silent for longer.</param>
/// <param name="Gone">Silent for four times as long, and for 7 days: uninstalled, most likely.</param>
/// <param name="Reporting">Of those not gone, the ones heard of within the time asked for.</param>
/// <param name="Synced">Of those not gone, the ones whose last success is within the time asked for.</param>
public sealed record PresenceGroup(IReadOnlyDictionary<string, string> By, long Active, long Late, long Silent, long Gone, long Reporting, long Synced)
{
    /// <summary>Devices that should be heard of: all but those gone.</summary>
    public long Expected => Active + Late + Silent;

    /// <summary>Percent of the expected devices that were heard of; null without any. A release that cannot even report shows here, and nowhere else.</summary>
    public double? Coverage => Percent(Reporting, Expected);

    /// <summary>Freshness: percent of the expected devices that synced; null without any.</summary>
    public double? Freshness => Percent(Synced, Expected);

    /// <summary>The same among the devices that were heard of: what looks well where the others fell silent.</summary>
    public double? FreshnessOfReporting => Percent(Synced, Reporting);

    private static double? Percent(long part, long whole) => whole == 0 ? null : 100.0 * part / whole;
}
