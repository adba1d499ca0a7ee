namespace SyncHealth.Client.Tests.Durability.Disk;

/// <summary>What SQLite asks the disk to do. Reads and writes of locks are not among them: they change nothing.</summary>
internal enum DiskOperation
{
    /// <summary>Makes or opens a file.</summary>
    Open = 1,

    /// <summary>Reads a part of a file.</summary>
    Read,

    /// <summary>Writes a part of a file.</summary>
    Write,

    /// <summary>Cuts a file.</summary>
    Truncate,

    /// <summary>Asks for everything written so far to survive a loss of power.</summary>
    Sync,

    /// <summary>Removes a file.</summary>
    Delete,
}
