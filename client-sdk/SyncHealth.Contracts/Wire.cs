namespace SyncHealth.Contracts;

/// <summary>The wire names of every enumerated field of a sync event.</summary>
public static class Wire
{
    /// <summary>What a cycle did.</summary>
    public static readonly WireEnum<SyncType> Type = new(
        (SyncType.Full, "full"), (SyncType.Delta, "delta"), (SyncType.Push, "push"), (SyncType.Pull, "pull"),
        (SyncType.Open, "open"), (SyncType.Reset, "reset"));

    /// <summary>How an attempt ended.</summary>
    public static readonly WireEnum<SyncOutcome> Outcome = new(
        (SyncOutcome.Success, "success"), (SyncOutcome.Partial, "partial"),
        (SyncOutcome.Failure, "failure"), (SyncOutcome.Cancelled, "cancelled"));

    /// <summary>What started a cycle.</summary>
    public static readonly WireEnum<SyncTrigger> Trigger = new(
        (SyncTrigger.Unknown, "unknown"), (SyncTrigger.AppOpen, "app_open"), (SyncTrigger.Foreground, "foreground"),
        (SyncTrigger.User, "user"), (SyncTrigger.Retry, "retry"), (SyncTrigger.LocalWrite, "local_write"),
        (SyncTrigger.Priority, "priority"), (SyncTrigger.Scheduled, "scheduled"), (SyncTrigger.Reconnect, "reconnect"));

    /// <summary>The network a cycle ran on.</summary>
    public static readonly WireEnum<SyncNetwork> Network = new(
        (SyncNetwork.Unknown, "unknown"), (SyncNetwork.Wifi, "wifi"), (SyncNetwork.Cellular, "cellular"),
        (SyncNetwork.Ethernet, "ethernet"), (SyncNetwork.None, "none"));

    /// <summary>Which way items moved.</summary>
    public static readonly WireEnum<SyncDirection> Direction = new(
        (SyncDirection.Unknown, "unknown"), (SyncDirection.Both, "both"),
        (SyncDirection.Up, "up"), (SyncDirection.Down, "down"));

    /// <summary>Whose fault a failure was.</summary>
    public static readonly WireEnum<SyncErrorKind> ErrorKind = new(
        (SyncErrorKind.Offline, "offline"), (SyncErrorKind.Timeout, "timeout"), (SyncErrorKind.Server, "server"),
        (SyncErrorKind.Auth, "auth"), (SyncErrorKind.Denied, "denied"), (SyncErrorKind.Client, "client"),
        (SyncErrorKind.Storage, "storage"), (SyncErrorKind.Cancelled, "cancelled"),
        (SyncErrorKind.Schema, "schema"), (SyncErrorKind.Unknown, "unknown"));

    /// <summary>Which two operations met.</summary>
    public static readonly WireEnum<ConflictKind> ConflictKind = new(
        (Contracts.ConflictKind.Unknown, "unknown"), (Contracts.ConflictKind.UpdateUpdate, "update_update"),
        (Contracts.ConflictKind.UpdateDelete, "update_delete"), (Contracts.ConflictKind.DeleteUpdate, "delete_update"),
        (Contracts.ConflictKind.InsertInsert, "insert_insert"), (Contracts.ConflictKind.Unique, "unique"));

    /// <summary>How a conflict was settled.</summary>
    public static readonly WireEnum<ConflictStrategy> ConflictStrategy = new(
        (Contracts.ConflictStrategy.Unknown, "unknown"), (Contracts.ConflictStrategy.Lww, "lww"),
        (Contracts.ConflictStrategy.Crdt, "crdt"), (Contracts.ConflictStrategy.Merge, "merge"),
        (Contracts.ConflictStrategy.Ot, "ot"), (Contracts.ConflictStrategy.Manual, "manual"),
        (Contracts.ConflictStrategy.Unresolved, "unresolved"));

    /// <summary>Whose version survived.</summary>
    public static readonly WireEnum<ConflictWinner> ConflictWinner = new(
        (Contracts.ConflictWinner.Unknown, "unknown"), (Contracts.ConflictWinner.Local, "local"),
        (Contracts.ConflictWinner.Remote, "remote"), (Contracts.ConflictWinner.Merged, "merged"));
}
