using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Devices;

/// <summary>What a search found, the surest first.</summary>
/// <param name="Devices">Devices by their own id, their user's reference or the beginning of their key.</param>
/// <param name="Properties">Tags and models: each a filter of the list of devices.</param>
public sealed record DeviceMatches(IReadOnlyList<DeviceMatch> Devices, IReadOnlyList<DimensionFilter> Properties);
