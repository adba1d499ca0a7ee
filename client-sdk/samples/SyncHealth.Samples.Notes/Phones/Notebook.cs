namespace SyncHealth.Samples.Notes.Phones;

/// <summary>Whose notes a phone holds. Each is an account of its own, because all devices of an account settle conflicts the same way.</summary>
public enum Notebook
{
    /// <summary>The later edit stays.</summary>
    LastWriteWins,

    /// <summary>Edits of different fields both stay.</summary>
    FieldMerge,
}
