namespace SyncHealth.SyncEngine.Conflicts;

/// <summary>
/// A moment of a hybrid logical clock (Kulkarni, Demirbas, Madappa, Avva and Leone, "Logical Physical Clocks", 2014): later than everything that its
/// device had seen, and as near to its wall clock as that allows. Stutters and steps back of a wall clock are counted in <see cref="Count"/>; a step
/// ahead is bounded by the server (<see cref="NotAfter"/>).
/// </summary>
/// <param name="Millis">Milliseconds since the Unix epoch.</param>
/// <param name="Count">Steps within that millisecond.</param>
/// <param name="Device">The device: breaks ties.</param>
public readonly record struct HybridStamp(long Millis, int Count, string Device) : IComparable<HybridStamp>
{
    /// <summary>Most steps while the wall clock stands still: 16 bits, as the paper proposes. A clock that stands longer is broken, and an edit under it fails.</summary>
    public const int MaxCount = ushort.MaxValue;

    /// <summary>Before any edit.</summary>
    public static HybridStamp Start { get; } = new(0, 0, "");

    public static bool operator <(HybridStamp left, HybridStamp right) => left.CompareTo(right) < 0;

    public static bool operator >(HybridStamp left, HybridStamp right) => left.CompareTo(right) > 0;

    public static bool operator <=(HybridStamp left, HybridStamp right) => left.CompareTo(right) <= 0;

    public static bool operator >=(HybridStamp left, HybridStamp right) => left.CompareTo(right) >= 0;

    /// <summary>The stamp of an edit that is based on this one.</summary>
    /// <param name="now">By the editing device's wall clock.</param>
    /// <param name="device">The editing device.</param>
    /// <exception cref="InvalidOperationException">The wall clock has stood still for <see cref="MaxCount"/> edits.</exception>
    public HybridStamp Next(DateTimeOffset now, string device)
    {
        var millis = now.ToUnixTimeMilliseconds();
        if (millis > Millis)
            return new HybridStamp(millis, 0, device);
        if (Count == MaxCount)
            throw new InvalidOperationException($"The clock has stood still for {MaxCount} edits. Correct the time of this device.");
        return new HybridStamp(Millis, Count + 1, device);
    }

    /// <summary>This stamp, moved to a limit that it lies ahead of: a clock that runs years ahead wins as long as the limit allows, not for years.</summary>
    /// <param name="millis">Milliseconds since the Unix epoch.</param>
    public HybridStamp NotAfter(long millis) => Millis > millis ? this with { Millis = millis } : this;

    public int CompareTo(HybridStamp other)
    {
        if (Millis != other.Millis)
            return Millis.CompareTo(other.Millis);
        return Count != other.Count ? Count.CompareTo(other.Count) : string.CompareOrdinal(Device, other.Device);
    }
}
