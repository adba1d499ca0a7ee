namespace SyncHealth.Storage.Devices;

/// <summary>A device that a detector names.</summary>
/// <param name="Detector">Which.</param>
/// <param name="Key">The opaque 16-digit hexadecimal device key.</param>
/// <param name="LastAt">Its latest report of the window.</param>
/// <param name="Items">What is at stake: items that wait (stuck, poison), were sent again or were lost; seconds that the clock is off; numbers missing.</param>
/// <param name="Entity">Poison: the type of entity that fails; else empty.</param>
/// <param name="Code">Poison: the code of the failure, or its kind where it has none; else empty.</param>
public sealed record DetectedDevice(Detector Detector, string Key, DateTimeOffset LastAt, long Items, string Entity, string Code);
