using SyncHealth.Storage.Devices;

namespace SyncHealth.Api.Devices;

/// <summary>What is known of one device: its last state, what it reported in a range, newest first, and what it reported that never became events.</summary>
/// <param name="From">Inclusive, by corrected time.</param>
/// <param name="To">Exclusive.</param>
/// <param name="IsCut">Whether there were more events than were asked for.</param>
public sealed record DeviceTimeline(
    string App, DateTimeOffset From, DateTimeOffset To, DeviceFacts Device, IReadOnlyList<TimelineEvent> Events, bool IsCut, IReadOnlyList<DeviceLoss> Losses);
