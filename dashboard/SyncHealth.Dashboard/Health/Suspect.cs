using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Health;

/// <summary>The part of the fleet that a change for the worse is concentrated in.</summary>
/// <param name="Segment">One or two dimensions with their values.</param>
/// <param name="Share">Its share of everything bad, 0 to 1.</param>
/// <param name="Tally">Its own rate.</param>
public sealed record Suspect(IReadOnlyList<DimensionFilter> Segment, double Share, Tally Tally);
