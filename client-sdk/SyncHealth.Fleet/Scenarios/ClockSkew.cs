namespace SyncHealth.Fleet.Scenarios;

/// <summary>Devices whose wall clock is wrong.</summary>
/// <param name="Share">Share of the fleet, from 0 to 1.</param>
/// <param name="Offset">How far their clock is ahead; negative when it is behind.</param>
internal sealed record ClockSkew(double Share, TimeSpan Offset);
