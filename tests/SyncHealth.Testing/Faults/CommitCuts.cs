namespace SyncHealth.Testing.Faults;

/// <summary>Decides which COMMITs of a run are cut, and where. Seeded; all connections draw from one order.</summary>
/// <param name="seed">Same seed, same order of decisions.</param>
/// <param name="chance">Share of COMMITs that are cut.</param>
/// <param name="count">Cuts of the run; afterwards everything passes.</param>
public sealed class CommitCuts(int seed, double chance, int count)
{
    private static readonly FaultKind[] Kinds = [FaultKind.CutBeforeCommit, FaultKind.CutAfterCommit, FaultKind.CutBeforeReply, FaultKind.CutInReply];

    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private int _made;

    /// <summary>Whether all cuts are made.</summary>
    public bool IsSpent
    {
        get
        {
            lock (_lock)
                return _made >= count;
        }
    }

    /// <summary>What happens to the next COMMIT; null lets it pass. Kinds take turns, so that each has its share.</summary>
    internal FaultKind? Next()
    {
        lock (_lock)
            return _made < count && _random.NextDouble() < chance ? Kinds[_made++ % Kinds.Length] : null;
    }
}
