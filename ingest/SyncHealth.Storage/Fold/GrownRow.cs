namespace SyncHealth.Storage.Fold;

/// <summary>A row of a rollup by segment whose sketches need compaction.</summary>
internal sealed record GrownRow
{
    /// <summary>The core segment, at fine grain the segment.</summary>
    public required int Id { get; init; }
    public int? PromotedId { get; init; }
    public required DateTime At { get; init; }
    public short? LagClass { get; init; }
    public required byte[] SuccessSketch { get; init; }
    public required byte[] OtherSketch { get; init; }
}
