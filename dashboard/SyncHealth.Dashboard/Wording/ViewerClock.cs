using System.Globalization;

namespace SyncHealth.Dashboard.Wording;

/// <summary>Times as the viewer's wall shows them. UTC until the browser has told its offset.</summary>
/// <param name="Offset">Of the viewer's zone from UTC, now.</param>
public sealed record ViewerClock(TimeSpan Offset)
{
    public static readonly ViewerClock Utc = new(TimeSpan.Zero);

    /// <summary>14:10 of the day of <paramref name="now"/>, else 21 Nov 14:10.</summary>
    public string Moment(DateTimeOffset at, DateTimeOffset now)
    {
        var local = at.ToOffset(Offset);
        return local.Date == now.ToOffset(Offset).Date ? Format(local, "HH:mm") : Format(local, "d MMM HH:mm");
    }

    /// <summary>21 Nov 14:10</summary>
    public string Full(DateTimeOffset at) => Format(at.ToOffset(Offset), "d MMM HH:mm");

    /// <summary>22 Nov 14:10:05</summary>
    public string Precise(DateTimeOffset at) => Format(at.ToOffset(Offset), "d MMM HH:mm:ss");

    /// <summary>2026-11-22 13:10:05 UTC, for the tooltip of any shown time.</summary>
    public static string InUtc(DateTimeOffset at) => Format(at.ToUniversalTime(), "yyyy-MM-dd HH:mm:ss 'UTC'");

    private static string Format(DateTimeOffset at, string format) => at.ToString(format, CultureInfo.InvariantCulture);
}
