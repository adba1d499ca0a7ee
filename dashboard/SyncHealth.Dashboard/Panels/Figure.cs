using SyncHealth.Dashboard.Health;

namespace SyncHealth.Dashboard.Panels;

/// <summary>A number of a page with what it is.</summary>
/// <param name="Value">With its unit.</param>
/// <param name="Note">What it counts, or what it is compared with.</param>
/// <param name="Band">How it is; <see cref="Band.NoData"/> where there is no good or bad.</param>
public sealed record Figure(string Id, string Name, string Value, string Note, Band Band = Band.NoData);
