using SyncHealth.Dashboard.Health;

namespace SyncHealth.Dashboard.Releases;

/// <summary>One metric of a verdict as the page says it.</summary>
/// <param name="Release">The release's rate.</param>
/// <param name="Baseline">The baseline's.</param>
/// <param name="Difference">Percentage points with their interval.</param>
/// <param name="P">Of "no difference".</param>
/// <param name="Margin">What still counts as not worse.</param>
/// <param name="Verdict">In words, with what is missing.</param>
/// <param name="Method">Which comparison was made.</param>
public sealed record MetricLine(string Name, string Release, string Baseline, string Difference, string P, string Margin, Band Band, string Verdict, string Method);
