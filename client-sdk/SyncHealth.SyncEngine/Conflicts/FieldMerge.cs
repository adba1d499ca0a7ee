using SyncHealth.Contracts;

namespace SyncHealth.SyncEngine.Conflicts;

/// <summary>
/// Three-way merge, field by field: what one side changed and the other left alone is kept from both. Only where both changed the same field does the
/// later edit stay, and that loss is reported. An edit stays against a deletion that did not know of it.
/// </summary>
/// <remarks>Without a common origin there is nothing to tell a change by: then the later edit stays whole.</remarks>
public sealed class FieldMerge : IConflictStrategy
{
    private static readonly LastWriteWins WithoutOrigin = new();

    /// <inheritdoc/>
    public ConflictStrategy Name => ConflictStrategy.Merge;

    /// <inheritdoc/>
    public bool SettlesOnDevice => true;

    /// <inheritdoc/>
    public Resolution Resolve(Revision local, Revision remote, Revision? origin)
    {
        if (origin is null || origin.IsDeleted)
            return WithoutOrigin.Resolve(local, remote, origin);
        if (local.IsDeleted != remote.IsDeleted)
            return EditOutlivesDeletion.Resolve(local, remote, origin);

        var isLocalLater = LastWriteWins.Merge(local, remote) == local;
        var title = FieldOf(local.Title, remote.Title, origin.Title, isLocalLater);
        var body = FieldOf(local.Body, remote.Body, origin.Body, isLocalLater);
        var result = (isLocalLater ? local : remote) with { Title = title.Text, Body = body.Text };
        var isContested = title.IsContested || body.IsContested;
        return new Resolution(result, WinnerOf(result, local, remote), isContested && !isLocalLater, isContested && isLocalLater);
    }

    private static (string Text, bool IsContested) FieldOf(string local, string remote, string origin, bool isLocalLater)
    {
        if (local == remote || remote == origin)
            return (local, false);
        return local == origin ? (remote, false) : (isLocalLater ? local : remote, true);
    }

    private static ConflictWinner WinnerOf(Revision result, Revision local, Revision remote)
    {
        if (result.SaysTheSameAs(local))
            return ConflictWinner.Local;
        return result.SaysTheSameAs(remote) ? ConflictWinner.Remote : ConflictWinner.Merged;
    }
}
