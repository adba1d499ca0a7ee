namespace SyncHealth.Storage.Devices;

/// <summary>Where the work of one device stands, the gravest first.</summary>
public enum WorkState
{
    /// <summary>A client reset discarded unsynced items: they are lost.</summary>
    Discarded = 1,

    /// <summary>The server refused items; the device keeps them, parks them or gave them up.</summary>
    Rejected = 2,

    /// <summary>A conflict was settled against edits of this device: the other side's are kept.</summary>
    Overwritten = 3,

    /// <summary>Items wait, and nothing moves them: for a day, or while syncs succeed.</summary>
    Stuck = 4,

    /// <summary>Items wait on the device.</summary>
    Queued = 5,

    /// <summary>Nothing waited at the last proof, and what came after it nobody knows.</summary>
    Unknown = 6,

    /// <summary>All it had written is on the server.</summary>
    OnServer = 7,
}
