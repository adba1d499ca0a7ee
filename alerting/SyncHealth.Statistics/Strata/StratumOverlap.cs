using SyncHealth.Statistics.Devices;

namespace SyncHealth.Statistics.Strata;

/// <summary>The devices that two strata share, per arm.</summary>
/// <param name="First">Name of the first stratum, in the order of the products.</param>
/// <param name="Second">Name of the second.</param>
/// <param name="Treated">The treated arm's overlap.</param>
/// <param name="Control">The control arm's overlap.</param>
public sealed record StratumOverlap(string First, string Second, DeviceOverlap Treated, DeviceOverlap Control);
