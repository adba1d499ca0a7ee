namespace SyncHealth.Storage.Devices;

/// <summary>What a device's kept events say about its work, as SQL returns it.</summary>
internal sealed record WorkFactsRow
{
    public long Discarded { get; init; }
    public DateTime? DiscardedAt { get; init; }
    public long Rejected { get; init; }
    public DateTime? RejectedAt { get; init; }
    public long Overwritten { get; init; }
    public DateTime? OverwrittenAt { get; init; }
    public int IdleSuccesses { get; init; }
}
