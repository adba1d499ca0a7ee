using SyncHealth.Dashboard.Health;

namespace SyncHealth.Dashboard.Releases;

/// <summary>One release of the table.</summary>
/// <param name="Address">The page about it.</param>
/// <param name="IsShown">Whether the page is about it.</param>
/// <param name="Stage">rolling out, adopted or replaced.</param>
/// <param name="StageTitle">Why.</param>
/// <param name="Share">Of the devices of the last 7 days, 0 to 100.</param>
/// <param name="Devices">Those that run it now, of all that ever did.</param>
/// <param name="Attempts">Attempts and devices that were compared.</param>
/// <param name="Baseline">What it was held against.</param>
/// <param name="Verdict">In words.</param>
/// <param name="Needed">About how many more devices; null where it is decided.</param>
/// <param name="Success">Difference of the success rates in percentage points, with its interval.</param>
/// <param name="Slow">Of the slow shares.</param>
/// <param name="Conflicts">Of the shares with conflicts.</param>
/// <param name="Worst">The segment that is worst, and by how much.</param>
/// <param name="Explore">Where it is looked into, beside its baseline.</param>
public sealed record ReleaseLine(
    string Name, string Address, bool IsShown, string Stage, string StageTitle, double Share, string Devices, DateTimeOffset FirstSeenAt, string Attempts, string Baseline,
    Band Band, string Verdict, string? Needed, string Success, string Slow, string Conflicts, string Worst, string Explore);
