using SyncHealth.Contracts;

namespace SyncHealth.SyncEngine.Conflicts.Replicated;

/// <summary>
/// Merges records whose body is a replicated state. An edit stays against a deletion that did not know of it. A body that cannot be read counts as
/// any text: the later edit stays.
/// </summary>
/// <typeparam name="T">The state of the record.</typeparam>
public sealed class StateMerge<T> : IConflictStrategy
    where T : class, IReplicated<T>
{
    private static readonly LastWriteWins Unreadable = new();

    /// <inheritdoc/>
    public ConflictStrategy Name => T.Strategy;

    /// <inheritdoc/>
    public bool SettlesOnDevice => true;

    /// <inheritdoc/>
    public Resolution? Resolve(Revision local, Revision remote, Revision? origin)
    {
        if (local.IsDeleted != remote.IsDeleted)
            return EditOutlivesDeletion.Resolve(local, remote, origin);
        if (!RecordState.TryRead<T>(local, out var here) || !RecordState.TryRead<T>(remote, out var there))
            return Unreadable.Resolve(local, remote, origin);

        var merged = here.Merge(there);
        var body = merged.Encode();
        var result = LastWriteWins.Merge(local, remote) with { Title = "", Body = body };
        var winner = body == local.Body ? ConflictWinner.Local : body == remote.Body ? ConflictWinner.Remote : ConflictWinner.Merged;
        return new Resolution(result, winner, LosesLocal: !merged.Keeps(here), LosesRemote: !merged.Keeps(there));
    }
}
