namespace SyncHealth.Contracts;

/// <summary>Which two operations met. The numbers are stored: never renumber, only append.</summary>
public enum ConflictKind
{
    /// <summary>Not reported.</summary>
    Unknown = 0,

    /// <summary>Both sides changed the item.</summary>
    UpdateUpdate = 1,

    /// <summary>Changed here, deleted there.</summary>
    UpdateDelete = 2,

    /// <summary>Deleted here, changed there.</summary>
    DeleteUpdate = 3,

    /// <summary>Both sides created the item.</summary>
    InsertInsert = 4,

    /// <summary>Two items claim one unique value.</summary>
    Unique = 5,
}
