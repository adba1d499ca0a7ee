namespace SyncHealth.Ingest.Intake;

/// <summary>Reads ISO 8601 timestamps: <c>2026-11-22T08:00:00.123Z</c>, with any number of fraction digits, an offset, or none (then UTC).</summary>
/// <remarks>Never the server's own zone, which is what the framework's parser takes where no offset is given.</remarks>
internal static class IsoTime
{
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-'
            || !Digits(text[..4], out var year) || !Digits(text[5..7], out var month) || !Digits(text[8..10], out var day)
            || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
            return false;

        var ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks;
        var rest = text[10..];
        if (!rest.IsEmpty && !TryClock(ref rest, ref ticks))
            return false;
        if (!rest.IsEmpty && !TryOffset(rest, ref ticks))
            return false;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
            return false;
        time = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    private static bool TryClock(ref ReadOnlySpan<byte> rest, ref long ticks)
    {
        if (rest.Length < 6 || (rest[0] | 0x20) is not ('t' or ' ') || rest[3] != ':'
            || !Digits(rest[1..3], out var hour) || !Digits(rest[4..6], out var minute) || hour > 23 || minute > 59)
            return false;
        ticks += (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        rest = rest[6..];
        if (rest.IsEmpty || rest[0] != ':')
            return true;

        // 60 is a leap second: the same instant as the next minute's first.
        if (rest.Length < 3 || !Digits(rest[1..3], out var second) || second > 60)
            return false;
        ticks += second * TimeSpan.TicksPerSecond;
        rest = rest[3..];
        return rest.IsEmpty || rest[0] is not ((byte)'.' or (byte)',') || TryFraction(ref rest, ref ticks);
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> rest, ref long ticks)
    {
        var unit = TimeSpan.TicksPerSecond;
        var length = 1;
        for (; length < rest.Length && char.IsAsciiDigit((char)rest[length]); length++)
            ticks += (rest[length] - '0') * (unit /= 10);
        rest = rest[length..];
        return length > 1;
    }

    private static bool TryOffset(ReadOnlySpan<byte> rest, ref long ticks)
    {
        if (rest.Length == 1)
            return (rest[0] | 0x20) == 'z';
        if (rest[0] is not ((byte)'+' or (byte)'-') || rest.Length is not (3 or 5 or 6) || !Digits(rest[1..3], out var hours))
            return false;
        var minutes = 0;
        if (rest.Length == 6 && rest[3] != ':' || rest.Length > 3 && !Digits(rest[^2..], out minutes))
            return false;
        if (hours > 14 || minutes > 59)
            return false;
        var offset = (hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute);
        ticks += rest[0] == '+' ? -offset : offset;
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            value = (value * 10) + (digit - '0');
        }

        return true;
    }
}
