namespace SyncHealth.SyncEngine.Protocol;

/// <summary>Values of <see cref="PushResult.Status"/>.</summary>
public static class PushStatus
{
    /// <summary>The server has the edit, or had it already.</summary>
    public const string Applied = "applied";

    /// <summary>An edit of another device stands; <see cref="PushResult.Current"/> holds it. Without a <see cref="PushResult.Conflict"/> the device has to merge and send again.</summary>
    public const string Superseded = "superseded";

    /// <summary>The server will never take this operation; <see cref="PushResult.Reason"/> says why.</summary>
    public const string Rejected = "rejected";
}
