using SyncHealth.SyncEngine.Conflicts;

namespace SyncHealth.SyncEngine.Store;

/// <summary>
/// Stores what the server says of a record, inside the transaction of the caller. An origin is kept only as long as edits wait: what the server had when
/// they began, or has by now.
/// </summary>
internal static class ServerRevisions
{
    /// <summary>Takes the server's revision over; a deleted record leaves this device.</summary>
    public static void Take(IStoreTransaction transaction, string id, Revision content, long version)
    {
        if (content.IsDeleted)
        {
            Drop(transaction, id);
            return;
        }

        transaction.Records.RemoveOrigin(id);
        transaction.Records.Take(id, content, version);
    }

    /// <summary>Keeps the local content, which waits to be sent, and remembers what the server has.</summary>
    public static void MarkSeen(IStoreTransaction transaction, string id, long version, Revision server)
    {
        transaction.Records.PutOrigin(id, server);
        transaction.Records.MarkSeen(id, version);
    }

    /// <summary>The server has exactly the local content.</summary>
    /// <param name="transaction">The answer's.</param>
    /// <param name="id">The record.</param>
    /// <param name="version">The server's version.</param>
    /// <param name="editedAt">The stamp that the server stored, in milliseconds since 1970.</param>
    public static void Confirm(IStoreTransaction transaction, string id, long version, long editedAt)
    {
        transaction.Records.RemoveOrigin(id);
        transaction.Records.MarkSeen(id, version, editedAt);
    }

    /// <summary>The record is gone: its deletion is confirmed, or nobody but this device has ever known it.</summary>
    public static void Drop(IStoreTransaction transaction, string id)
    {
        transaction.Records.RemoveOrigin(id);
        transaction.Records.Remove(id);
    }
}
