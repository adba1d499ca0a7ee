using SyncHealth.SyncEngine.Conflicts;

namespace SyncHealth.SyncEngine.Store;

/// <summary>Stamps of the edits made here, inside the transaction of the caller.</summary>
internal static class EditClock
{
    /// <summary>The stamp of an edit made now: later than any stamp given out before, and than the edit that it is based on.</summary>
    /// <param name="transaction">The edit's.</param>
    /// <param name="device">This device.</param>
    /// <param name="now">By this device's clock.</param>
    /// <param name="after">Milliseconds since 1970 of the edit that it is based on; 0 for none.</param>
    public static Stamp Next(IStoreTransaction transaction, string device, DateTimeOffset now, long after)
    {
        var millis = Math.Max(now.ToUnixTimeMilliseconds(), Math.Max(transaction.State.LastStamp, after) + 1);
        transaction.State.LastStamp = millis;
        return new Stamp(millis, device);
    }

    /// <summary>
    /// The server has taken an edit, but put it at an earlier time: it bounds how far a clock may be ahead. When the clock here is right again, stamps
    /// follow it, instead of what it gave out while it was wrong.
    /// </summary>
    public static void Bound(IStoreTransaction transaction, long editedAt) =>
        transaction.State.LastStamp = Math.Min(transaction.State.LastStamp, editedAt);
}
