namespace SyncHealth.SyncEngine.Store.InMemory;

/// <summary>Where a record stands in the list of its entity: the one edited last first.</summary>
internal readonly record struct Recency(long EditedAt, string Id) : IComparable<Recency>
{
    public static bool operator <(Recency left, Recency right) => left.CompareTo(right) < 0;

    public static bool operator >(Recency left, Recency right) => left.CompareTo(right) > 0;

    public static bool operator <=(Recency left, Recency right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Recency left, Recency right) => left.CompareTo(right) >= 0;

    public int CompareTo(Recency other) => EditedAt != other.EditedAt ? other.EditedAt.CompareTo(EditedAt) : string.CompareOrdinal(Id, other.Id);
}
