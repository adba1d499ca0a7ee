namespace SyncHealth.Storage.Fold;

/// <summary>
/// A row of <c>FoldDevices.sql</c>: how many increments were folded, and what needs compaction, if anything: the sketch of a device's day
/// (<see cref="Sketch"/>), or the standing of a core segment's fleet (<see cref="Depths"/>).
/// </summary>
internal sealed record GrownDevices
{
    public long Folded { get; init; }
    public DateTime? At { get; init; }
    public int? CoreId { get; init; }
    public long? DeviceKey { get; init; }
    public byte[]? Sketch { get; init; }
    public byte[]? Depths { get; init; }
    public byte[]? PendingAges { get; init; }
    public byte[]? SuccessAges { get; init; }
}
