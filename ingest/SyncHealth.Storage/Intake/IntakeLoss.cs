namespace SyncHealth.Storage.Intake;

/// <summary>Events that never counted.</summary>
/// <param name="Kind"><c>quarantined</c> here for their time, or <c>dropped</c> on the device.</param>
/// <param name="Reason">The reason's code.</param>
public sealed record IntakeLoss(string Kind, string Reason, long Count, DateTimeOffset LastAt);
