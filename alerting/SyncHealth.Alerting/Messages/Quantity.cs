using System.Globalization;

namespace SyncHealth.Alerting.Messages;

/// <summary>Numbers as people read them: percent with one decimal, durations in seconds.</summary>
public static class Quantity
{
    /// <summary>Decimals spent at most to keep a value apart from its limit.</summary>
    private const int MaxDecimals = 4;

    private const double MillisecondsPerSecond = 1000;

    /// <summary>A measured value with one decimal, or as many as keep 94.96 from reading as the limit of 95.</summary>
    public static string Measured(double value, string unit, double limit)
    {
        if (unit == "count")
            return Math.Round(value).ToString("N0", CultureInfo.InvariantCulture);
        var (shown, shownLimit) = (Shown(value, unit), Shown(limit, unit));
        var decimals = 1;
        while (decimals < MaxDecimals && shown != shownLimit && Math.Round(shown, decimals) == Math.Round(shownLimit, decimals))
            decimals++;
        return shown.ToString("F" + decimals, CultureInfo.InvariantCulture) + Suffix(unit);
    }

    /// <summary>A value that somebody chose, as they wrote it.</summary>
    public static string Chosen(double value, string unit) => Shown(value, unit).ToString("0.####", CultureInfo.InvariantCulture) + Suffix(unit);

    /// <summary>How far a value lies from an earlier one: <c>6.0 points lower</c>, <c>12.5 s higher</c>, <c>the same</c>.</summary>
    public static string Change(double change, string unit)
    {
        var size = unit == "count" ? Math.Round(Math.Abs(change)).ToString("N0", CultureInfo.InvariantCulture) : Math.Abs(Shown(change, unit)).ToString("F1", CultureInfo.InvariantCulture);
        var isSame = size.All(letter => letter is '0' or '.');
        return isSame ? "the same" : $"{size}{(unit == "percent" ? " points" : Suffix(unit))} {(change < 0 ? "lower" : "higher")}";
    }

    /// <summary>A time span in its two largest units: <c>1 d 2 h</c>, <c>32 min</c>, <c>45 s</c>.</summary>
    public static string Span(TimeSpan span)
    {
        var parts = new[] { (span.Days, "d"), (span.Hours, "h"), (span.Minutes, "min"), (span.Seconds, "s") }
            .SkipWhile(part => part.Item1 <= 0).Take(2).Where(part => part.Item1 > 0).Select(part => $"{part.Item1} {part.Item2}").ToArray();
        return parts.Length == 0 ? "0 s" : string.Join(' ', parts);
    }

    /// <summary>A moment in UTC, to the second.</summary>
    public static string Moment(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static double Shown(double value, string unit) => unit == "ms" ? value / MillisecondsPerSecond : value;

    private static string Suffix(string unit) => unit switch { "ms" => " s", "count" => "", "points" => " points", _ => " %" };
}
