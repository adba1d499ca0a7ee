using SyncHealth.Dashboard.Health;

namespace SyncHealth.Dashboard.Releases;

/// <summary>One segment of a verdict as the page says it.</summary>
/// <param name="Devices">Of the release and of the baseline.</param>
/// <param name="Success">Difference of the success rates in percentage points, with its interval.</param>
/// <param name="Slow">Of the slow shares.</param>
/// <param name="Conflicts">Of the shares with conflicts.</param>
/// <param name="Explore">Where it is looked into.</param>
public sealed record SegmentLine(string Name, string Devices, string Success, string Slow, string Conflicts, Band Band, string Verdict, string Explore);
