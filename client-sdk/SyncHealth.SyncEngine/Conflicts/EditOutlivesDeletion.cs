using SyncHealth.Contracts;

namespace SyncHealth.SyncEngine.Conflicts;

/// <summary>How merges settle a deletion against an edit: the edit stays, even when it is older; a deletion stands only against a record that nobody else has changed.</summary>
internal static class EditOutlivesDeletion
{
    /// <param name="local">This device's; exactly one of the two is deleted.</param>
    /// <param name="remote">The server's.</param>
    /// <param name="origin">What both started from; when it is not known, what is not deleted counts as edited.</param>
    public static Resolution Resolve(Revision local, Revision remote, Revision? origin)
    {
        var edit = local.IsDeleted ? remote : local;
        var isUnchanged = origin is not null && edit.SaysTheSameAs(origin);
        var stays = isUnchanged == local.IsDeleted ? local : remote;
        return new Resolution(stays, stays == local ? ConflictWinner.Local : ConflictWinner.Remote, LosesLocal: false, LosesRemote: false);
    }
}
