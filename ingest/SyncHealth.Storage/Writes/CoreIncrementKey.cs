namespace SyncHealth.Storage.Writes;

/// <summary>What the counts of a <see cref="CoreIncrement"/> have in common. Times in microseconds, see <see cref="PgTime"/>.</summary>
internal readonly record struct CoreIncrementKey(SegmentIds Segment, int PromotedId, long BucketAt, long ArrivalAt, short LagClass);
