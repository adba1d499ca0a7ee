namespace SyncHealth.Storage.Accounts;

/// <summary>How a change of an account ended.</summary>
public enum AccountChange
{
    /// <summary>It is as was asked.</summary>
    Done = 1,

    /// <summary>There is no such account.</summary>
    Unknown = 2,

    /// <summary>Nobody could administer any more: the last admin stays one.</summary>
    LastAdmin = 3,
}
