namespace SyncHealth.SyncEngine.Conflicts;

/// <summary>When and where an edit was made: the total order of last-write-wins. Devices break ties, so every replica picks the same winner.</summary>
/// <param name="Millis">Milliseconds since the Unix epoch by the editing device's clock, at least one more than the edit it was based on.</param>
/// <param name="Device">The editing device.</param>
public readonly record struct Stamp(long Millis, string Device) : IComparable<Stamp>
{
    public static bool operator <(Stamp left, Stamp right) => left.CompareTo(right) < 0;

    public static bool operator >(Stamp left, Stamp right) => left.CompareTo(right) > 0;

    public static bool operator <=(Stamp left, Stamp right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Stamp left, Stamp right) => left.CompareTo(right) >= 0;

    public int CompareTo(Stamp other) =>
        Millis != other.Millis ? Millis.CompareTo(other.Millis) : string.CompareOrdinal(Device, other.Device);
}
