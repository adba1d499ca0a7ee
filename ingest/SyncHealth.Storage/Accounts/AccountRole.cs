namespace SyncHealth.Storage.Accounts;

/// <summary>What a person may do; each role may what those before it may. The numbers are stored.</summary>
public enum AccountRole
{
    /// <summary>Look at everything but keys and people.</summary>
    Viewer = 1,

    /// <summary>Say things to the others: silences, acknowledgements, markers, test messages.</summary>
    Editor = 2,

    /// <summary>Decide who may send, read and change: apps, keys, people.</summary>
    Admin = 3,
}
