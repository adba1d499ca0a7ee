namespace SyncHealth.Storage.Fold;

/// <summary>A row of <c>FoldCores.sql</c>: how many increments were folded, and a rollup row whose sketches need compaction, if any.</summary>
internal sealed record GrownRow
{
    public long Folded { get; init; }
    public string? Grain { get; init; }
    public int? CoreId { get; init; }
    public int? SegmentId { get; init; }
    public int? PromotedId { get; init; }
    public DateTime? At { get; init; }
    public short? LagClass { get; init; }
    public byte[]? SuccessSketch { get; init; }
    public byte[]? OtherSketch { get; init; }
}
