namespace SyncHealth.Storage.Writes;

/// <summary>Times as Postgres stores them: microseconds since 2000-01-01 UTC. Finer digits are cut, so that equal keys here are equal keys there.</summary>
internal static class PgTime
{
    public const long MicrosPerMinute = 60_000_000;
    public const long MicrosPerHour = 60 * MicrosPerMinute;
    public const long MicrosPerDay = 24 * MicrosPerHour;

    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static long Micros(DateTimeOffset time) => FloorTo(time.UtcTicks - Epoch.Ticks, TimeSpan.TicksPerMicrosecond) / TimeSpan.TicksPerMicrosecond;

    public static DateTime ToDateTime(long micros) => Epoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    public static long FromDateTime(DateTime time) => (time.Ticks - Epoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>Rounds down to a multiple of <paramref name="unit"/>, also before the epoch.</summary>
    public static long FloorTo(long value, long unit)
    {
        var rest = value % unit;
        return value - (rest < 0 ? rest + unit : rest);
    }
}
