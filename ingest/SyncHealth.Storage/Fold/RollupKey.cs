namespace SyncHealth.Storage.Fold;

/// <summary>The key of a row of one rollup table, in the order of its primary key.</summary>
/// <param name="Id">The core segment, at fine grain the segment.</param>
/// <param name="PromotedId">The promoted value; 0 where the table has none.</param>
/// <param name="At">Start of the bucket, UTC.</param>
/// <param name="LagClass">0 where the table has none.</param>
internal readonly record struct RollupKey(int Id, int PromotedId, DateTime At, short LagClass) : IComparable<RollupKey>
{
    public int CompareTo(RollupKey other) => (Id, PromotedId, At, LagClass).CompareTo((other.Id, other.PromotedId, other.At, other.LagClass));
}
