using SyncHealth.Contracts;

namespace SyncHealth.SyncEngine.Conflicts;

/// <summary>Decides between two concurrent edits of one record. Pure: the same three revisions must give the same content on every device.</summary>
public interface IConflictStrategy
{
    /// <summary>The name under which its conflicts are reported.</summary>
    ConflictStrategy Name { get; }

    /// <summary>
    /// Whether it must see every conflict itself. The server then takes no edit of a record that has moved on: it answers with the edit that stands,
    /// this device merges, and sends the result. Otherwise the server settles by last write wins, in one round trip.
    /// </summary>
    bool SettlesOnDevice { get; }

    /// <summary>Resolves a conflict between this device's unsent edit and the server's; null leaves it to the app.</summary>
    /// <param name="local">This device's.</param>
    /// <param name="remote">The server's.</param>
    /// <param name="origin">What both edits started from; null when both created the record, or when it is not known any more.</param>
    Resolution? Resolve(Revision local, Revision remote, Revision? origin);
}
