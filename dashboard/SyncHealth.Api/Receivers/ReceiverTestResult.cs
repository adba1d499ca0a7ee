namespace SyncHealth.Api.Receivers;

/// <summary>How a test ended.</summary>
/// <param name="Status"><c>delivered</c>, <c>failed</c>, or <c>waiting</c>: no process that sends has taken it.</param>
/// <param name="Detail">What the receiver said, secrets masked.</param>
public sealed record ReceiverTestResult(string Receiver, string Status, string Detail);
