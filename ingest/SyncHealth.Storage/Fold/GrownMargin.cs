namespace SyncHealth.Storage.Fold;

/// <summary>A row of a margin whose sketches need compaction.</summary>
internal sealed record GrownMargin
{
    public required int AppId { get; init; }
    public required string Dimension { get; init; }
    public required string Environment { get; init; }
    public required string Value { get; init; }
    public required DateTime At { get; init; }
    public required byte[] SuccessSketch { get; init; }
    public required byte[] OtherSketch { get; init; }
}
