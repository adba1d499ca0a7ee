namespace SyncHealth.Storage.Writes;

/// <summary>What becomes of a row of a group.</summary>
internal enum RowFate
{
    /// <summary>No twin is known: it becomes an event.</summary>
    New = 0,

    /// <summary>Its twin stands earlier in the same group.</summary>
    RepeatsGroup = 1,

    /// <summary>Its twin was committed before.</summary>
    RepeatsEvent = 2,

    /// <summary>Its device or user was erased: it is not written.</summary>
    Erased = 3,
}
