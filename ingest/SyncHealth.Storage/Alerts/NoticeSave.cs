namespace SyncHealth.Storage.Alerts;

/// <summary>What to tell, and whom.</summary>
/// <param name="Episode">Number of the incident, as the receivers know it.</param>
/// <param name="Kind"><c>trigger</c>, <c>update</c>, <c>acknowledge</c>, <c>resolve</c> or <c>digest</c>.</param>
/// <param name="VisibleAt">Shared clock: when the notifications may go out.</param>
/// <param name="CreatedAt">Wall clock: from when the time to deliver is counted.</param>
public sealed record NoticeSave(int Episode, string Kind, string MessageJson, IReadOnlyList<string> Receivers, DateTimeOffset VisibleAt, DateTimeOffset CreatedAt)
{
    /// <summary>When each of the receivers may be told, where they wait differently; null when all may at the same time.</summary>
    public IReadOnlyList<DateTimeOffset>? VisibleAtEach { get; init; }
}
