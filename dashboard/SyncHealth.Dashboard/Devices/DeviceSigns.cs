using SyncHealth.Storage.Devices;

namespace SyncHealth.Dashboard.Devices;

/// <summary>What the raw events of a window say of devices.</summary>
/// <param name="Group">Counts of the detectors; null when no device reported.</param>
/// <param name="Devices">Those with most at stake.</param>
/// <param name="Drain">How devices came back.</param>
public sealed record DeviceSigns(DetectionGroup? Group, IReadOnlyList<DetectedDevice> Devices, DrainCourse Drain);
