namespace SyncHealth.Ingest.Intake;

/// <summary>Times as the database can keep them: whole microseconds, inside the years that .NET and Postgres share.</summary>
internal static class EventTime
{
    private const long TicksPerMillisecond = TimeSpan.TicksPerMillisecond;
    private static readonly long EarliestMs = EventBounds.Earliest.ToUnixTimeMilliseconds();
    private static readonly long LatestMs = EventBounds.Latest.ToUnixTimeMilliseconds();

    public static DateTimeOffset FromMilliseconds(long value) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(value, EarliestMs, LatestMs));

    public static DateTimeOffset FromMilliseconds(double value) => double.IsNaN(value)
        ? EventBounds.Earliest
        : Bounded(DateTimeOffset.UnixEpoch.AddTicks((long)(Math.Clamp(value, EarliestMs, LatestMs) * TicksPerMillisecond)));

    public static DateTimeOffset FromNanoseconds(ulong value) =>
        Bounded(DateTimeOffset.UnixEpoch.AddTicks((long)(value / 100)));

    /// <summary>Identity includes the device's time, so what the database would round is rounded here, before it is hashed or compared.</summary>
    public static DateTimeOffset Bounded(DateTimeOffset time)
    {
        if (time < EventBounds.Earliest)
            return EventBounds.Earliest;
        if (time > EventBounds.Latest)
            return EventBounds.Latest;
        return new DateTimeOffset(time.Ticks - (time.Ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
    }

    /// <summary><paramref name="time"/> moved by <paramref name="ticks"/>, held inside the bounds instead of overflowing.</summary>
    public static DateTimeOffset Moved(DateTimeOffset time, long ticks)
    {
        var moved = (Int128)time.Ticks + ticks;
        if (moved < EventBounds.Earliest.Ticks)
            return EventBounds.Earliest;
        return moved > EventBounds.Latest.Ticks ? EventBounds.Latest : Bounded(new DateTimeOffset((long)moved, TimeSpan.Zero));
    }
}
