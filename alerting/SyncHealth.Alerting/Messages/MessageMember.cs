namespace SyncHealth.Alerting.Messages;

/// <summary>One alert of a group, as its message tells of it.</summary>
/// <param name="Text">What is wrong, in a line.</param>
public sealed record MessageMember(string Rule, string App, string Severity, string Text, DateTimeOffset Since);
