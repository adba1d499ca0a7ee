using SyncHealth.Contracts;

namespace SyncHealth.SyncEngine.Conflicts;

/// <summary>Decides between two concurrent edits of one note. Pure: the same pair must give the same result on every device.</summary>
public interface IConflictStrategy
{
    /// <summary>The name under which its conflicts are reported.</summary>
    ConflictStrategy Name { get; }

    /// <summary>Resolves a conflict between this device's unsent edit and the server's.</summary>
    Resolution Resolve(Revision local, Revision remote);
}
