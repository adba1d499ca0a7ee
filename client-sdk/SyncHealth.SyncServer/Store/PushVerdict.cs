namespace SyncHealth.SyncServer.Store;

/// <summary>What a push finds under its idempotency key.</summary>
internal enum PushVerdict
{
    /// <summary>Nothing: it was applied now. Or itself: it was applied before.</summary>
    Answered,

    /// <summary>Itself, still being worked on.</summary>
    InFlight,

    /// <summary>Other operations.</summary>
    Reused,
}
