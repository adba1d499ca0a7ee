using System.Globalization;

namespace SyncHealth.Host.Configuration;

/// <summary>Durations as people write them: <c>500ms</c>, <c>15s</c>, <c>2m</c>, <c>24h</c>, <c>7d</c>.</summary>
internal static class Duration
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)),
        ("d", TimeSpan.FromDays(1)),
    ];

    public static bool TryParse(string text, out TimeSpan value)
    {
        value = default;
        var digits = text.AsSpan().Trim().TrimEnd("mshd");
        var unit = text.AsSpan().Trim()[digits.Length..];
        foreach (var (name, length) in Units)
        {
            if (!unit.SequenceEqual(name) || !double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
                continue;
            if (count * length.TotalDays > 36500)
                return false;
            value = count * length;
            return true;
        }

        return false;
    }

    /// <summary>The shortest way to write a duration with one unit.</summary>
    public static string Format(TimeSpan value)
    {
        var (unit, length) = Units.Last(candidate => candidate.Length <= value || candidate.Unit == "ms");
        foreach (var candidate in Units.Reverse())
            if (value >= candidate.Length && value.Ticks % candidate.Length.Ticks == 0)
            {
                (unit, length) = candidate;
                break;
            }

        return (value / length).ToString("0.##", CultureInfo.InvariantCulture) + unit;
    }
}
