namespace SyncHealth.Api.Alerts;

/// <summary>Transitions of alerts in [<paramref name="From"/>, <paramref name="To"/>), newest first.</summary>
public sealed record AlertHistory(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<AlertTransition> Transitions);
