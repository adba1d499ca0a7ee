using System.Globalization;
using System.Text.RegularExpressions;
using SyncHealth.Alerting.Digests;

namespace SyncHealth.Alerting.Rules;

/// <summary>Reads one entry of <c>digests</c>.</summary>
internal static partial class DigestReader
{
    /// <summary>The hour of a digest that names none: before people ask.</summary>
    internal const int DefaultMinute = 8 * 60;

    private static readonly string[] Allowed = ["name", "app", "every", "at", "zone", "notify"];

    public static DigestDefinition Read(Section section)
    {
        section.RefuseUnknown(Allowed);
        var notify = section.Texts("notify");
        if (notify.Count == 0)
            section.Refuse(section.Has("notify") ? "notify" : "", "names no receiver: a digest goes to slack, email or webhook receivers.");
        return new DigestDefinition(section.RequiredText("name") ?? "", notify)
        {
            App = section.Text("app"),
            Weekday = ReadWeekday(section),
            Minute = ReadMinute(section),
            Zone = TimeIntervalReader.ReadZone(section),
            Line = section.Line,
        };
    }

    private static DayOfWeek? ReadWeekday(Section section)
    {
        var text = section.Text("every") ?? "day";
        var day = Array.IndexOf(TimeIntervalReader.Weekdays, text);
        if (day < 0 && text != "day")
            section.Refuse("every", $"'{text}' is not known. Allowed: day, {string.Join(", ", TimeIntervalReader.Weekdays)}.");
        return day < 0 ? null : (DayOfWeek)day;
    }

    private static int ReadMinute(Section section)
    {
        if (section.Text("at") is not { } text)
            return DefaultMinute;
        if (ClockPattern().IsMatch(text) && TimeSpan.TryParseExact(text, @"hh\:mm", CultureInfo.InvariantCulture, out var time))
            return (int)time.TotalMinutes;
        section.Refuse("at", $"'{text}' must be a time of the day, as 08:00.");
        return DefaultMinute;
    }

    [GeneratedRegex(@"^[0-2][0-9]:[0-5][0-9]\z")]
    private static partial Regex ClockPattern();
}
