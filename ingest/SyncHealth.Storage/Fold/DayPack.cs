namespace SyncHealth.Storage.Fold;

/// <summary>A core segment's day with enough rows to pack.</summary>
internal sealed record DayPack
{
    public int CoreId { get; init; }
    public DateTime DayAt { get; init; }
}
