using System.Globalization;
using System.Text.RegularExpressions;

namespace SyncHealth.Dashboard.Explore;

/// <summary>What stretch of time is looked at: so far back from the present moment, or between two moments.</summary>
public sealed partial record ExploreRange
{
    /// <summary>The shortest that shows a trend.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);

    /// <summary>Days are kept longer, but a chart of more of them shows nothing that a narrower one does not.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    private const string Format = "yyyy-MM-dd'T'HH:mm'Z'";

    private static readonly (char Code, TimeSpan Length, string One, string Many)[] Units =
        [('m', TimeSpan.FromMinutes(1), "minute", "minutes"), ('h', TimeSpan.FromHours(1), "hour", "hours"), ('d', TimeSpan.FromDays(1), "day", "days")];

    private ExploreRange(string? code, TimeSpan length, DateTimeOffset? from)
    {
        Code = code;
        Length = length;
        From = from;
    }

    /// <summary>Offered as buttons.</summary>
    public static readonly IReadOnlyList<string> Offered = ["1h", "6h", "24h", "7d", "30d", "90d"];

    /// <summary><c>6h</c>: back from the present moment; null between two moments.</summary>
    public string? Code { get; }

    public TimeSpan Length { get; }

    /// <summary>Where it begins when it does not move with the present.</summary>
    public DateTimeOffset? From { get; }

    /// <summary>Reads <c>6h</c>, or two moments, which go before; null when it is neither, empty, or out of bounds.</summary>
    public static ExploreRange? Parse(string? code, string? from, string? to)
    {
        if (Moment(from) is { } begin && Moment(to) is { } end)
            return IsAllowed(end - begin) ? new ExploreRange(null, end - begin, begin) : null;
        if (code is null || Pattern().Match(code) is not { Success: true } match)
            return null;
        var unit = Units.First(unit => unit.Code == match.Groups[2].Value[0]);
        var length = unit.Length * int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        return IsAllowed(length) ? new ExploreRange(code, length, null) : null;
    }

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    public static ExploreRange? Parse(string? text) => text?.Split('/') switch
    {
        [var code] => Parse(code, null, null),
        [var from, var to] => Parse(null, from, to),
        _ => null,
    };

    /// <summary>Two moments, at least as far apart as the shortest range and at most as the longest.</summary>
    public static ExploreRange Between(DateTimeOffset from, DateTimeOffset to)
    {
        var begin = from.AddTicks(-(from.UtcTicks % TimeSpan.TicksPerMinute));
        var length = TimeSpan.FromMinutes(Math.Ceiling((to - begin).TotalMinutes));
        return new ExploreRange(null, length < Shortest ? Shortest : length > Longest ? Longest : length, begin);
    }

    /// <summary>In one word: <c>6h</c>, or two moments with a slash between them, as ISO 8601 writes intervals.</summary>
    public string ToText() => From is { } from ? $"{Stamp(from)}/{Stamp(from + Length)}" : Code!;

    /// <summary>From inclusive, to exclusive.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Bounds(DateTimeOffset now) => From is { } from ? (from, from + Length) : (now - Length, now);

    /// <summary>Its part of an address.</summary>
    public string ToQuery() => From is { } from ? $"from={Stamp(from)}&to={Stamp(from + Length)}" : $"range={Code}";

    /// <summary>Reads after "in the": <c>last 6 hours</c>; null between two moments, which only the viewer's clock can say.</summary>
    public string? Words
    {
        get
        {
            if (Code is null)
                return null;
            var unit = Units.First(unit => unit.Code == Code[^1]);
            return Length == unit.Length ? $"last {unit.One}" : $"last {Length / unit.Length:0} {unit.Many}";
        }
    }

    /// <summary>A moment in an address, to the minute.</summary>
    internal static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    private static bool IsAllowed(TimeSpan length) => length >= Shortest && length <= Longest;

    /// <summary>Reads a moment of an address, to the minute; null when it is none.</summary>
    internal static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
        && at.Year is > 2000 and < 2200 ? at.AddTicks(-(at.UtcTicks % TimeSpan.TicksPerMinute)) : null;

    [GeneratedRegex("^([1-9][0-9]{0,3})([mhd])$")]
    private static partial Regex Pattern();
}
