namespace SyncHealth.SyncEngine.Protocol;

/// <summary>Headers of the notes protocol.</summary>
public static class ProtocolHeaders
{
    /// <summary>The account whose notes are meant. The reference server trusts it; a real one takes it from the sign-in.</summary>
    public const string Account = "X-Notes-Account";

    /// <summary>The device that syncs: ASCII, at most 200 characters. Breaks ties between edits.</summary>
    public const string Device = "X-Notes-Device";

    /// <summary>Names a push, so that sending it again has no second effect.</summary>
    public const string IdempotencyKey = "Idempotency-Key";
}
