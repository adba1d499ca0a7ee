using SyncHealth.Storage.Devices;

namespace SyncHealth.Dashboard.Devices;

/// <summary>What the raw events of a window say of devices, and how fresh those are over a week.</summary>
/// <param name="Group">Counts of the detectors; null when no device reported.</param>
/// <param name="Devices">Those with most at stake.</param>
/// <param name="Drain">How devices came back.</param>
/// <param name="Freshness">How well the promise of freshness is kept; null without devices.</param>
public sealed record DeviceSigns(DetectionGroup? Group, IReadOnlyList<DetectedDevice> Devices, DrainCourse Drain, FreshnessBudget? Freshness = null);
