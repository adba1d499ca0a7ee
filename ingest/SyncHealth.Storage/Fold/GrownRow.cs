namespace SyncHealth.Storage.Fold;

/// <summary>A row of <c>FoldCores.sql</c>: how many increments were folded, and a rollup row whose sketches need compaction, if any.</summary>
internal sealed record GrownRow(
    long Folded, string? Grain, int? CoreId, DateTime? At, short? LagClass, byte[]? SuccessSketch, byte[]? OtherSketch);
