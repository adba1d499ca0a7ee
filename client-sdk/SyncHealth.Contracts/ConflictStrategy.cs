namespace SyncHealth.Contracts;

/// <summary>How a conflict was resolved. The numbers are stored: never renumber, only append.</summary>
public enum ConflictStrategy
{
    /// <summary>Not reported.</summary>
    Unknown = 0,

    /// <summary>Last write wins.</summary>
    Lww = 1,

    /// <summary>Merged by a conflict-free replicated data type.</summary>
    Crdt = 2,

    /// <summary>Merged field by field.</summary>
    Merge = 3,

    /// <summary>Operational transformation.</summary>
    Ot = 4,

    /// <summary>A person decided.</summary>
    Manual = 5,

    /// <summary>Left open.</summary>
    Unresolved = 6,
}
