namespace SyncHealth.Storage.Devices;

/// <summary>Reports of a device that never became events.</summary>
/// <param name="Kind"><c>dropped</c> on the device, or <c>quarantined</c> here for their time.</param>
/// <param name="Reason">The reason's code.</param>
/// <param name="LastAt">When we last heard of such a loss.</param>
public sealed record DeviceLoss(string Kind, string Reason, long Count, DateTimeOffset LastAt);
