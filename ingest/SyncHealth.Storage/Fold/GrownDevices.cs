namespace SyncHealth.Storage.Fold;

/// <summary>
/// A row of <c>FoldDevices.sql</c>: how many increments were folded, and what needs compaction, if anything: the sketch of a device's day
/// (<see cref="Sketch"/>) or the devices of an hour or day (<see cref="Keys"/>).
/// </summary>
internal sealed record GrownDevices
{
    public long Folded { get; init; }
    public DateTime? At { get; init; }
    public int? CoreId { get; init; }
    public long? DeviceKey { get; init; }
    public byte[]? Sketch { get; init; }
    public short? Grain { get; init; }
    public byte[]? Keys { get; init; }
    public byte[]? Registers { get; init; }
}
