namespace SyncHealth.Alerting.Messages;

/// <summary>How many devices an incident concerned, counted when it ends.</summary>
/// <param name="Devices">Distinct devices with a bad attempt.</param>
/// <param name="Within">Only the end of a long incident was counted: this much of it; null for all of it.</param>
public sealed record AffectedDevices(long Devices, TimeSpan? Within);
