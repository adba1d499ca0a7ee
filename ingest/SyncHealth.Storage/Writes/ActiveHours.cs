using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace SyncHealth.Storage.Writes;

/// <summary>The hours of one day (UTC) with an attempt, and of each the minutes.</summary>
internal struct ActiveHours
{
    private const int PerDay = 24;

    private MinutesOfHours _minutes;

    /// <summary>Bit n: the hour n has an attempt.</summary>
    public int Hours { get; private set; }

    /// <param name="micros">Microseconds since Postgres's epoch.</param>
    public void Add(long micros)
    {
        var hour = (int)((micros - PgTime.FloorTo(micros, PgTime.MicrosPerDay)) / PgTime.MicrosPerHour);
        Hours |= 1 << hour;
        _minutes[hour] |= 1L << (int)((micros - PgTime.FloorTo(micros, PgTime.MicrosPerHour)) / PgTime.MicrosPerMinute);
    }

    /// <summary>Of each hour that has an attempt, from the first on, eight bytes: bit n, its minute n has one. SQL reads them with <c>synchealth.minutes_of</c>.</summary>
    public readonly void WriteMinutes(CopyBuffer buffer)
    {
        Span<byte> minutes = stackalloc byte[PerDay * sizeof(long)];
        var length = 0;
        for (var hours = Hours; hours != 0; hours &= hours - 1, length += sizeof(long))
            BinaryPrimitives.WriteInt64BigEndian(minutes[length..], _minutes[BitOperations.TrailingZeroCount(hours)]);
        buffer.Write(minutes[..length]);
    }

    [InlineArray(PerDay)]
    private struct MinutesOfHours
    {
        private long _first;
    }
}
