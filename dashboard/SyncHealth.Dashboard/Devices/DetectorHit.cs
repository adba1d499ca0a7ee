namespace SyncHealth.Dashboard.Devices;

/// <summary>A device that a detector names.</summary>
/// <param name="Short">The part of the key that people can compare at a glance.</param>
/// <param name="Address">Its story.</param>
/// <param name="Stake">What is at stake on it.</param>
public sealed record DetectorHit(string Short, string Address, string Stake);
