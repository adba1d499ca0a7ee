namespace SyncHealth.Storage.Writes;

/// <summary>An event of a group with its identity, its dictionary ids and its fate; the event itself stays in its batch.</summary>
internal struct GroupRow
{
    public long DeviceKey;

    /// <summary>Microseconds, see <see cref="PgTime"/>.</summary>
    public long DeviceAt;

    public long EventHash;

    /// <summary>Position of the request in the group.</summary>
    public int Request;

    /// <summary>Position of the event in its batch.</summary>
    public int Index;

    public SegmentIds Segment;
    public ProfileIds Profile;

    /// <summary>Null when the attempt had no error.</summary>
    public int? ErrorId;

    /// <summary>Classes of the event's conflict entries in their order, then that of what they lack; null when the event has neither.</summary>
    public int[]? ConflictIds;

    public int BodyHash;
    public RowFate Fate;

    /// <summary>Body hash of the row or event that this one repeats.</summary>
    public int KeptBodyHash;

    public readonly bool IsTwinOf(in GroupRow other) =>
        DeviceKey == other.DeviceKey && DeviceAt == other.DeviceAt && EventHash == other.EventHash;

    /// <summary>By identity, then by arrival: the order of every statement, and of who comes first among twins.</summary>
    public static int Compare(GroupRow left, GroupRow right)
    {
        var order = left.DeviceKey.CompareTo(right.DeviceKey);
        if (order == 0)
            order = left.DeviceAt.CompareTo(right.DeviceAt);
        if (order == 0)
            order = left.EventHash.CompareTo(right.EventHash);
        if (order == 0)
            order = left.Request.CompareTo(right.Request);
        return order != 0 ? order : left.Index.CompareTo(right.Index);
    }
}
