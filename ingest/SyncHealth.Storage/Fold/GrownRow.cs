namespace SyncHealth.Storage.Fold;

/// <summary>A rollup row whose sketches need compaction.</summary>
internal sealed record GrownRow
{
    public required string Grain { get; init; }
    public int? CoreId { get; init; }
    public int? SegmentId { get; init; }
    public int? PromotedId { get; init; }
    public required DateTime At { get; init; }
    public short? LagClass { get; init; }
    public required byte[] SuccessSketch { get; init; }
    public required byte[] OtherSketch { get; init; }
}
