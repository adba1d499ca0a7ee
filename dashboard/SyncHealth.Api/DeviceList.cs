using SyncHealth.Storage.Devices;

namespace SyncHealth.Api;

/// <summary>Devices as of a moment.</summary>
public sealed record DeviceList(string App, DateTimeOffset At, IReadOnlyList<DeviceSummary> Devices);
