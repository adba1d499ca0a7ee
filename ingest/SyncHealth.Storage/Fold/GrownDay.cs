namespace SyncHealth.Storage.Fold;

/// <summary>A row of <c>FoldDevices.sql</c>: how many increments were folded, and a device day whose sketch needs compaction, if any.</summary>
internal sealed record GrownDay
{
    public long Folded { get; init; }
    public DateTime? DayAt { get; init; }
    public int? CoreId { get; init; }
    public long? DeviceKey { get; init; }
    public byte[]? Sketch { get; init; }
}
