using System.Globalization;

namespace SyncHealth.Dashboard.Wording;

/// <summary>Times as the viewer's wall showed them then: of two times beside a change to summer time each has its own offset. UTC until the browser has told its zone.</summary>
public sealed record ViewerClock(TimeZoneInfo Zone)
{
    public static readonly ViewerClock Utc = new(TimeZoneInfo.Utc);

    /// <summary>The clock of a browser.</summary>
    /// <param name="zone">The zone's name in the IANA database.</param>
    /// <param name="offsetMinutes">What the zone is from UTC now: all that is known of a zone that this machine does not know.</param>
    public static ViewerClock Of(string? zone, int offsetMinutes) =>
        new(TimeZones.Find(zone) ?? TimeZones.Fixed(TimeSpan.FromMinutes(offsetMinutes)));

    /// <summary>14:10 of the day of <paramref name="now"/>, else 21 Nov 14:10.</summary>
    public string Moment(DateTimeOffset at, DateTimeOffset now)
    {
        var local = Local(at);
        return local.Date == Local(now).Date ? Format(local, "HH:mm") : Format(local, "d MMM HH:mm");
    }

    /// <summary>21 Nov 14:10</summary>
    public string Full(DateTimeOffset at) => Format(Local(at), "d MMM HH:mm");

    /// <summary>22 Nov 14:10:05</summary>
    public string Precise(DateTimeOffset at) => Format(Local(at), "d MMM HH:mm:ss");

    /// <summary>22 Nov 14:10 (13:10 UTC), for tooltips, which have none of their own.</summary>
    public string WithUtc(DateTimeOffset at) => $"{Full(at)} ({Format(at.ToUniversalTime(), "HH:mm 'UTC'")})";

    /// <summary>The time on the viewer's wall.</summary>
    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    /// <summary>The moment at which the viewer's wall shows <paramref name="local"/>; the later one of two.</summary>
    public DateTimeOffset At(DateTime local) => new(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), Zone.GetUtcOffset(local));

    /// <summary>2026-11-22 13:10:05 UTC, for the tooltip of any shown time.</summary>
    public static string InUtc(DateTimeOffset at) => Format(at.ToUniversalTime(), "yyyy-MM-dd HH:mm:ss 'UTC'");

    private static string Format(DateTimeOffset at, string format) => at.ToString(format, CultureInfo.InvariantCulture);
}
