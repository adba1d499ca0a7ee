namespace SyncHealth.Storage.Fold;

/// <summary>A row of <c>FoldDeviceHours.sql</c>: how many device hours were moved, and a set whose keys need compaction, if any.</summary>
internal sealed record GrownSet
{
    public long Moved { get; init; }
    public short? Grain { get; init; }
    public DateTime? At { get; init; }
    public int? CoreId { get; init; }
    public byte[]? Keys { get; init; }
    public byte[]? Registers { get; init; }
}
