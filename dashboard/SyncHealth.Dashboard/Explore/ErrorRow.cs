using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Explore;

/// <summary>One error of the ranking.</summary>
/// <param name="Filter">What a click narrows the page to: its kind, which alone is a dimension.</param>
/// <param name="Failures">Attempts that failed with it.</param>
/// <param name="Rate">Percent of all attempts now.</param>
/// <param name="RateBefore">The same of what it is held against; null when nothing was measured then.</param>
/// <param name="OfFailures">Its share of the failures, 0 to 1.</param>
/// <param name="OfDrop">Its share of the fall of the success rate, 0 to 1 (below 0: it fell too); null when the rate did not fall.</param>
public sealed record ErrorRow(string Name, DimensionFilter Filter, long Failures, double Rate, double? RateBefore, double OfFailures, double? OfDrop)
{
    /// <summary>Change in points; null when nothing was measured before.</summary>
    public double? Rise => RateBefore is { } before ? Rate - before : null;
}
