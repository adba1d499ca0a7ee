namespace SyncHealth.Storage.Writes;

/// <summary>What the counts of a <see cref="CoreIncrement"/> have in common. Times in microseconds, see <see cref="PgTime"/>.</summary>
internal readonly record struct CoreIncrementKey(int CoreId, long BucketAt, long ArrivalAt, short LagClass) : IComparable<CoreIncrementKey>
{
    public int CompareTo(CoreIncrementKey other)
    {
        var order = CoreId.CompareTo(other.CoreId);
        if (order == 0)
            order = BucketAt.CompareTo(other.BucketAt);
        if (order == 0)
            order = ArrivalAt.CompareTo(other.ArrivalAt);
        return order != 0 ? order : LagClass.CompareTo(other.LagClass);
    }
}
