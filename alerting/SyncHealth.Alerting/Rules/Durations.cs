using System.Globalization;
using System.Text.RegularExpressions;

namespace SyncHealth.Alerting.Rules;

/// <summary>Durations as rule files write them: <c>15m</c>, <c>90s</c>, <c>1h30m</c>, <c>7d</c>.</summary>
public static partial class Durations
{
    /// <summary>Longest duration understood: years in a rule are a typing error, and the sum must not overflow.</summary>
    private const long MaxSeconds = 365L * 24 * 60 * 60;

    /// <summary>How to write one; part of every message that refuses one.</summary>
    public const string Syntax = "Write it as 90s, 15m, 6h, 7d or 1h30m";

    /// <summary>Reads a duration; false when it is none, or longer than a year.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (Pattern().Match(text) is not { Success: true, Length: > 0 } match)
            return false;

        long seconds = 0;
        foreach (var (group, unit) in new[] { ("d", 86_400L), ("h", 3_600L), ("m", 60L), ("s", 1L) })
            if (match.Groups[group] is { Success: true } digits)
                seconds += unit * int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        duration = TimeSpan.FromSeconds(Math.Min(seconds, MaxSeconds));
        return seconds <= MaxSeconds;
    }

    /// <summary>The shortest text that <see cref="TryParse"/> reads back; fractions of a second are cut.</summary>
    public static string Format(TimeSpan duration)
    {
        var parts = new[] { (duration.Days, "d"), (duration.Hours, "h"), (duration.Minutes, "m"), (duration.Seconds, "s") };
        var text = string.Concat(parts.Where(part => part.Item1 != 0).Select(part => part.Item1.ToString(CultureInfo.InvariantCulture) + part.Item2));
        return text.Length == 0 ? "0s" : text;
    }

    [GeneratedRegex(@"^(?:(?<d>[0-9]{1,8})d)?(?:(?<h>[0-9]{1,8})h)?(?:(?<m>[0-9]{1,8})m)?(?:(?<s>[0-9]{1,8})s)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
