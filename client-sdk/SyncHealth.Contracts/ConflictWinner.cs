namespace SyncHealth.Contracts;

/// <summary>Whose version survived. The numbers are stored: never renumber, only append.</summary>
public enum ConflictWinner
{
    /// <summary>Not reported.</summary>
    Unknown = 0,

    /// <summary>This device's.</summary>
    Local = 1,

    /// <summary>The other's.</summary>
    Remote = 2,

    /// <summary>Both, merged.</summary>
    Merged = 3,
}
