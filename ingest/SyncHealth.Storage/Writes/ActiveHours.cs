using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace SyncHealth.Storage.Writes;

/// <summary>The hours of one day (UTC) with an attempt, and of each the five minutes.</summary>
internal struct ActiveHours
{
    private const int PerDay = 24;
    private const long MicrosPerSlot = 5 * PgTime.MicrosPerMinute;

    private SlotsOfHours _slots;

    /// <summary>Bit n: the hour n has an attempt.</summary>
    public int Hours { get; private set; }

    /// <param name="micros">Microseconds since Postgres's epoch.</param>
    public void Add(long micros)
    {
        var hour = (int)((micros - PgTime.FloorTo(micros, PgTime.MicrosPerDay)) / PgTime.MicrosPerHour);
        Hours |= 1 << hour;
        _slots[hour] |= (ushort)(1 << (int)((micros - PgTime.FloorTo(micros, PgTime.MicrosPerHour)) / MicrosPerSlot));
    }

    /// <summary>Of each hour that has an attempt, from the first on, two bytes: bit n, the five minutes n have one. SQL reads them with <c>synchealth.slots_of</c>.</summary>
    public readonly void WriteSlots(CopyBuffer buffer)
    {
        Span<byte> slots = stackalloc byte[PerDay * sizeof(ushort)];
        var length = 0;
        for (var hours = Hours; hours != 0; hours &= hours - 1, length += sizeof(ushort))
            BinaryPrimitives.WriteUInt16BigEndian(slots[length..], _slots[BitOperations.TrailingZeroCount(hours)]);
        buffer.Write(slots[..length]);
    }

    [InlineArray(PerDay)]
    private struct SlotsOfHours
    {
        private ushort _first;
    }
}
