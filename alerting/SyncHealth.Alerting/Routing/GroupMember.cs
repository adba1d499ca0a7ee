using SyncHealth.Alerting.Rules;

namespace SyncHealth.Alerting.Routing;

/// <summary>An open alert, as its group tells of it.</summary>
/// <param name="Key">Identity of its incident.</param>
/// <param name="App">The app that it is about.</param>
/// <param name="Text">What is wrong, in a line.</param>
/// <param name="Since">When its incident began.</param>
/// <param name="IsMuted">Whether something holds its messages back: it then neither opens a group nor counts as news, but one that was told stays.</param>
public sealed record GroupMember(string Key, string App, string Rule, AlertSeverity Severity, string Text, DateTimeOffset Since, bool IsMuted)
{
    /// <summary>Who is on it; null while nobody is.</summary>
    public string? AcknowledgedBy { get; init; }
}
