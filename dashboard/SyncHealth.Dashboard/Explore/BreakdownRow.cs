using SyncHealth.Dashboard.Health;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Explore;

/// <summary>One group of the breakdown.</summary>
/// <param name="Fill">Length of its bar, 0 to 1.</param>
/// <param name="Value">The metric in the whole range.</param>
/// <param name="Before">The same of what it is held against.</param>
/// <param name="FailureShare">Its share of all failures, 0 to 1; null when nothing failed.</param>
/// <param name="Devices">Null where nobody knows: their events are gone, or are too many to tell devices apart.</param>
/// <param name="TooFew">Whether the sample is too small to be ranked.</param>
public sealed record BreakdownRow(
    string Name, DimensionFilter Filter, double Fill, double? Value, double? Before, TileChange Change, long Attempts, long? Devices, double? FailureShare, bool TooFew);
