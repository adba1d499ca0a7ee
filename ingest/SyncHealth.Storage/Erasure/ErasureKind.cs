namespace SyncHealth.Storage.Erasure;

/// <summary>Whom an erasure is about.</summary>
public enum ErasureKind
{
    /// <summary>One install, by its device id or opaque key.</summary>
    Device = 1,

    /// <summary>A person, by the host's own user reference: every device whose latest report names that user, and every event that does.</summary>
    User = 2,
}
