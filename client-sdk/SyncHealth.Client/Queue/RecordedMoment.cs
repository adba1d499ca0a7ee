namespace SyncHealth.Client.Queue;

/// <summary>When an event was recorded, by what the run of the app that did it knew.</summary>
/// <param name="WallMs">The device's clock, Unix ms.</param>
/// <param name="Session">The run.</param>
/// <param name="UptimeMs">The run's monotonic clock; <see langword="null"/> where the host gave a time of its own.</param>
/// <param name="OffsetMs">How far the server's clock was ahead of the device's; <see langword="null"/> where the run never learned it.</param>
/// <param name="OriginMs">When the run began by the device's clock as it stood when that was learned, Unix ms.</param>
internal readonly record struct RecordedMoment(long WallMs, long Session, long? UptimeMs, long? OffsetMs = null, long? OriginMs = null);
