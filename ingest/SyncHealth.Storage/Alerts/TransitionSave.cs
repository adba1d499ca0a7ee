namespace SyncHealth.Storage.Alerts;

/// <summary>A change of status. <c>EvaluatedAt</c> of the save is its time, <c>Sequence</c> its number.</summary>
public sealed record TransitionSave(string From, string Reason, string InputsJson);
