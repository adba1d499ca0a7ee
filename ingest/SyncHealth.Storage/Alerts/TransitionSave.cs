namespace SyncHealth.Storage.Alerts;

/// <summary>A change of status and whom to tell. <c>EvaluatedAt</c> of the save is its time, <c>Sequence</c> its number.</summary>
/// <param name="VisibleAt">Shared clock: when the notifications may go out.</param>
/// <param name="CreatedAt">Wall clock: from when the time to deliver is counted.</param>
public sealed record TransitionSave(
    string From, string Reason, string InputsJson,
    string NotificationKind, string MessageJson, IReadOnlyList<string> Receivers, DateTimeOffset VisibleAt, DateTimeOffset CreatedAt);
