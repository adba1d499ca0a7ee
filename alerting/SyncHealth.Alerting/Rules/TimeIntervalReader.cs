using System.Globalization;
using System.Text.RegularExpressions;
using SyncHealth.Alerting.Routing;

namespace SyncHealth.Alerting.Rules;

/// <summary>Reads <c>timeIntervals</c>: named lists of ranges by calendar, clock and zone.</summary>
internal static partial class TimeIntervalReader
{
    /// <summary>The days of a week as files write them, Sunday first.</summary>
    internal static readonly string[] Weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    /// <summary>The months as files write them.</summary>
    internal static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    /// <summary>Zone of a range that names none.</summary>
    internal const string DefaultZone = "UTC";

    private const int MaxDay = 31;

    /// <summary>First and last year that make sense in a file of rules.</summary>
    private static readonly NumberSpan Years = new(2000, 2200);

    private static readonly string[] Allowed = ["zone", "times", "weekdays", "daysOfMonth", "months", "years"];

    public static TimeInterval Read(string name, int line, IReadOnlyList<Section> ranges) => new(name, [.. ranges.Select(Read)], line);

    private static CalendarRange Read(Section section)
    {
        section.RefuseUnknown(Allowed);
        if (!section.Keys.Any(key => key != "zone"))
            section.Refuse("", $"holds always. Give it one of {string.Join(", ", Allowed.Skip(1))}.");
        return new CalendarRange
        {
            Zone = ReadZone(section),
            Times = ReadSpans(section, "times", ReadTimes, "a span of the day as 09:00-17:30; over midnight write 22:00-24:00 and 00:00-06:00"),
            Weekdays = ReadSpans(section, "weekdays", text => ReadNamed(text, Weekdays, first: 0), "a day or span as monday-friday"),
            DaysOfMonth = ReadSpans(section, "daysOfMonth", ReadDays, "1 to 31, counted from the end -1 to -31, or a span as 1..7 or -3..-1"),
            Months = ReadSpans(section, "months", text => ReadNamed(text, Months, first: 1), "a month or span as june-august"),
            Years = ReadSpans(section, "years", ReadYears, $"a year or span as 2026..2027, from {Years.From} to {Years.To}"),
        };
    }

    /// <summary>The zone that a section names, or UTC.</summary>
    internal static TimeZoneInfo ReadZone(Section section)
    {
        var name = section.Text("zone") ?? DefaultZone;
        if (name.Contains('/', StringComparison.Ordinal) || name == DefaultZone)
            if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId)
                return zone;
        section.Refuse("zone", $"'{name}' is no zone of the IANA database. Write it as Europe/Berlin, America/New_York or UTC.");
        return TimeZoneInfo.Utc;
    }

    private static List<NumberSpan> ReadSpans(Section section, string key, Func<string, NumberSpan?> read, string allowed)
    {
        var spans = new List<NumberSpan>();
        var texts = section.Texts(key);
        if (section.Has(key) && texts.Count == 0)
            section.Refuse(key, $"is empty. Allowed: {allowed}.");
        foreach (var text in texts)
            if (read(text) is { } span)
                spans.Add(span);
            else
                section.Refuse(key, $"'{text}' is not understood. Allowed: {allowed}.");
        return spans;
    }

    private static NumberSpan? ReadTimes(string text)
    {
        if (TimesPattern().Match(text) is not { Success: true } match)
            return null;
        var span = new NumberSpan(Minute("a"), Minute("c"));
        return span.From < span.To && span.To <= CalendarRange.MinutesPerDay && int.Parse(match.Groups["b"].ValueSpan, CultureInfo.InvariantCulture) < 60
            && int.Parse(match.Groups["d"].ValueSpan, CultureInfo.InvariantCulture) < 60 ? span : null;

        int Minute(string hours) => (int.Parse(match.Groups[hours].ValueSpan, CultureInfo.InvariantCulture) * 60)
            + int.Parse(match.Groups[hours == "a" ? "b" : "d"].ValueSpan, CultureInfo.InvariantCulture);
    }

    private static NumberSpan? ReadNamed(string text, string[] names, int first)
    {
        var parts = text.Split('-');
        var numbers = parts.Select(part => Array.IndexOf(names, part)).ToArray();
        return numbers.Length is 1 or 2 && numbers.All(number => number >= 0) && numbers[0] <= numbers[^1] ? new NumberSpan(numbers[0] + first, numbers[^1] + first) : null;
    }

    private static NumberSpan? ReadDays(string text) => ReadNumbers(text) is { } span
        && IsDay(span.From) && IsDay(span.To) && span.From <= span.To && span.From < 0 == span.To < 0 ? span : null;

    private static NumberSpan? ReadYears(string text) =>
        ReadNumbers(text) is { } span && Years.Contains(span.From) && Years.Contains(span.To) && span.From <= span.To ? span : null;

    private static bool IsDay(int day) => Math.Abs(day) is >= 1 and <= MaxDay;

    private static NumberSpan? ReadNumbers(string text)
    {
        if (NumbersPattern().Match(text) is not { Success: true } match)
            return null;
        var from = int.Parse(match.Groups["from"].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return new NumberSpan(from, match.Groups["to"] is { Success: true } to ? int.Parse(to.ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : from);
    }

    [GeneratedRegex(@"^(?<a>[0-9]{2}):(?<b>[0-9]{2})-(?<c>[0-9]{2}):(?<d>[0-9]{2})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex TimesPattern();

    [GeneratedRegex(@"^(?<from>-?[0-9]{1,4})(\.\.(?<to>-?[0-9]{1,4}))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex NumbersPattern();
}
