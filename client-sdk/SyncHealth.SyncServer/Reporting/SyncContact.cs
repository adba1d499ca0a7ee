namespace SyncHealth.SyncServer.Reporting;

/// <summary>The latest that is known of one device and has not been sent.</summary>
/// <param name="HeardAt">When it last sent or fetched.</param>
/// <param name="AcceptedAt">When changes of it were last taken; null for never.</param>
/// <param name="Accepted">How many then.</param>
internal readonly record struct SyncContact(DateTimeOffset HeardAt, DateTimeOffset? AcceptedAt, int Accepted)
{
    /// <summary>The later of both, whichever came first.</summary>
    public SyncContact With(SyncContact other)
    {
        var (at, items) = (other.AcceptedAt ?? DateTimeOffset.MinValue, other.Accepted).CompareTo((AcceptedAt ?? DateTimeOffset.MinValue, Accepted)) > 0
            ? (other.AcceptedAt, other.Accepted)
            : (AcceptedAt, Accepted);
        return new SyncContact(other.HeardAt > HeardAt ? other.HeardAt : HeardAt, at, items);
    }
}
