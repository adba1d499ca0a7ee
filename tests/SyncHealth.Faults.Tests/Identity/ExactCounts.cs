namespace SyncHealth.Faults.Tests.Identity;

/// <summary>All counts of a run that must be exact.</summary>
/// <param name="Accepted">By the receipts.</param>
/// <param name="Duplicates">By the receipts.</param>
/// <param name="IdConflicts">By the receipts: copies whose body is not the kept one.</param>
/// <param name="Attempts">As the vital signs count them.</param>
/// <param name="Pushed">The same for a sum.</param>
/// <param name="Days">Attempts per day.</param>
internal sealed record ExactCounts(long Accepted, long Duplicates, long IdConflicts, long Attempts, long Pushed, string Days);
