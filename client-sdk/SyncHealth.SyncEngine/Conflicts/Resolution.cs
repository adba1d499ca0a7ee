using SyncHealth.Contracts;

namespace SyncHealth.SyncEngine.Conflicts;

/// <summary>What became of a conflict.</summary>
/// <param name="Result">The revision that stays.</param>
/// <param name="Winner">Whose it is.</param>
public sealed record Resolution(Revision Result, ConflictWinner Winner);
