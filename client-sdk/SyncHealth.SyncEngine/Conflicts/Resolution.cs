using SyncHealth.Contracts;

namespace SyncHealth.SyncEngine.Conflicts;

/// <summary>What became of a conflict.</summary>
/// <param name="Result">What stays.</param>
/// <param name="Winner">Whose it is.</param>
/// <param name="LosesLocal">Something that this device wrote did not survive.</param>
/// <param name="LosesRemote">Something that the other side wrote did not survive.</param>
public sealed record Resolution(Revision Result, ConflictWinner Winner, bool LosesLocal, bool LosesRemote);
