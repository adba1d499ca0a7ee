using System.Globalization;

namespace SyncHealth.Dashboard.Wording;

/// <summary>Numbers with their units, the way people read them. Every number on a page goes through here or through its twin in <c>charts.js</c>.</summary>
public static class Quantity
{
    /// <summary>A typographic minus: as wide as a plus, so that columns of changes line up.</summary>
    private const char Minus = '\u2212';

    /// <summary>Keeps a number and its unit on one line.</summary>
    private const char Thin = '\u00A0';

    private static readonly (double Seconds, string Unit)[] LongUnits = [(86400, "d"), (3600, "h"), (60, "min"), (1, "s")];

    /// <summary>12,340</summary>
    public static string Count(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>86.4 %. Never 100 % while something failed, never 0 % while something did not.</summary>
    public static string Percent(double value)
    {
        var digits = value is > 99.9 and < 100 or > 0 and < 0.1 ? 2 : 1;
        var rounded = Math.Round(value, digits, MidpointRounding.AwayFromZero);
        if (value is > 0 and < 100 && rounded is 0 or 100)
            rounded = value < 50 ? 0.01 : 99.99;
        return Number(rounded, digits) + Thin + "%";
    }

    /// <summary>420 ms, 1.8 s, 71 s, 4.5 min</summary>
    public static string Milliseconds(double value) => value switch
    {
        < 999.5 => Number(Math.Round(value, MidpointRounding.AwayFromZero), 0) + Thin + "ms",
        < 9_950 => Number(value / 1000, 1) + Thin + "s",
        < 120_000 => Number(Math.Round(value / 1000, MidpointRounding.AwayFromZero), 0) + Thin + "s",
        _ => Age(value / 1000),
    };

    /// <summary>45 s, 12 min, 2 h 5 min, 3 d 4 h: the two largest units.</summary>
    public static string Age(double seconds)
    {
        seconds = Math.Max(0, Math.Round(seconds, MidpointRounding.AwayFromZero));
        var first = Array.FindIndex(LongUnits, unit => seconds >= unit.Seconds);
        if (first < 0)
            return $"0{Thin}s";
        var (size, name) = LongUnits[first];
        var whole = Math.Floor(seconds / size);
        var text = $"{whole.ToString(CultureInfo.InvariantCulture)}{Thin}{name}";
        if (first + 1 >= LongUnits.Length || LongUnits[first].Seconds == 60 && whole >= 10)
            return text;
        var (smallerSize, smallerName) = LongUnits[first + 1];
        var rest = Math.Floor((seconds - (whole * size)) / smallerSize);
        return rest == 0 ? text : $"{text}{Thin}{rest.ToString(CultureInfo.InvariantCulture)}{Thin}{smallerName}";
    }

    /// <summary>How many devices, also where nobody knows any more.</summary>
    public static string Devices(long? devices) => devices is { } count ? Of(count, "device", "devices") : "an unknown number of devices";

    /// <summary>1 device, 310 devices</summary>
    public static string Of(double value, string one, string many) => Count(value) + Thin + (Math.Round(value) == 1 ? one : many);

    /// <summary>At most <paramref name="digits"/> decimals, none that say nothing: 95, 1.9.</summary>
    public static string Number(double value, int digits) =>
        Signed(value, Math.Abs(value).ToString(digits == 0 ? "#,0" : "#,0." + new string('#', digits), CultureInfo.InvariantCulture));

    /// <summary>+1.2, −9.1, ±0</summary>
    public static string Change(double value, Func<double, string> format)
    {
        var magnitude = format(Math.Abs(value));
        return format(0) == magnitude ? "±0" : (value > 0 ? "+" : Minus.ToString()) + magnitude;
    }

    private static string Signed(double value, string magnitude) => value < 0 ? Minus + magnitude : magnitude;
}
