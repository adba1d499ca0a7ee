namespace SyncHealth.Storage.Intake;

/// <summary>Events of all apps since this process started.</summary>
/// <param name="Accepted">Committed as new.</param>
/// <param name="Duplicates">Known already by identity.</param>
/// <param name="IdConflicts">Duplicates with another body.</param>
/// <param name="Rejected">Refused one by one, by reason code; reasons that never occurred have 0.</param>
public sealed record IntakeTally(long Accepted, long Duplicates, long IdConflicts, IReadOnlyDictionary<string, long> Rejected);
