using System.Globalization;
using System.Text;
using SyncHealth.Alerting.Digests;
using SyncHealth.Alerting.Routing;

namespace SyncHealth.Alerting.Rules;

/// <summary>Routes, time intervals and digests as YAML, in the order of the reference; what they do not say is left out.</summary>
internal static class RouteKeys
{
    private const string Indent = "  ";

    /// <summary>Appends a list of routes, each line behind <paramref name="indent"/>.</summary>
    public static void Append(StringBuilder yaml, IReadOnlyList<Route> routes, string indent)
    {
        foreach (var route in routes)
        {
            var first = true;
            foreach (var (key, value) in Of(route))
                Line($"{key}: {value}");
            if (route.Routes.Count > 0)
            {
                Line("routes:");
                Append(yaml, route.Routes, indent + Indent + Indent);
            }
            else if (first)
            {
                Line("continue: false");
            }

            void Line(string text)
            {
                yaml.Append(CultureInfo.InvariantCulture, $"{indent}{(first ? "- " : Indent)}{text}\n");
                first = false;
            }
        }
    }

    /// <summary>Appends the ranges of an interval.</summary>
    public static void Append(StringBuilder yaml, TimeInterval interval)
    {
        yaml.Append(CultureInfo.InvariantCulture, $"{Indent}{YamlText.Of(interval.Name)}:\n");
        foreach (var range in interval.Ranges)
        {
            var prefix = "    - ";
            foreach (var (key, value) in Of(range))
            {
                yaml.Append(CultureInfo.InvariantCulture, $"{prefix}{key}: {value}\n");
                prefix = "      ";
            }
        }
    }

    /// <summary>A digest's keys.</summary>
    public static IEnumerable<(string Key, string Value)> Of(DigestDefinition digest)
    {
        yield return ("name", YamlText.Of(digest.Name));
        if (digest.App is { } app)
            yield return ("app", YamlText.Of(app));
        if (digest.Weekday is { } day)
            yield return ("every", TimeIntervalReader.Weekdays[(int)day]);
        if (digest.Minute != DigestReader.DefaultMinute)
            yield return ("at", $"\"{Clock(digest.Minute)}\"");
        if (digest.Zone.Id != TimeIntervalReader.DefaultZone)
            yield return ("zone", YamlText.Of(digest.Zone.Id));
        yield return ("notify", List(digest.Notify));
    }

    private static IEnumerable<(string Key, string Value)> Of(Route route)
    {
        if (route.Match.Count > 0)
            yield return ("match", List(route.Match.Select(matcher => matcher.ToString())));
        if (route.Notify is { } notify)
            yield return ("notify", List(notify));
        if (route.Continue)
            yield return ("continue", "true");
        if (route.GroupBy is { } groupBy)
            yield return ("groupBy", List(groupBy));
        foreach (var (key, span) in new[] { ("groupWait", route.GroupWait), ("groupInterval", route.GroupInterval), ("repeatInterval", route.RepeatInterval) })
            if (span is { } length)
                yield return (key, Durations.Format(length));
        if (route.MuteTimes is { } mute)
            yield return ("muteTimes", List(mute));
        if (route.ActiveTimes is { } active)
            yield return ("activeTimes", List(active));
    }

    private static IEnumerable<(string Key, string Value)> Of(CalendarRange range)
    {
        if (range.Zone.Id != TimeIntervalReader.DefaultZone)
            yield return ("zone", YamlText.Of(range.Zone.Id));
        if (range.Times.Count > 0)
            yield return ("times", List(range.Times.Select(span => $"{Clock(span.From)}-{Clock(span.To)}")));
        if (range.Weekdays.Count > 0)
            yield return ("weekdays", List(range.Weekdays.Select(span => Named(span, TimeIntervalReader.Weekdays, 0))));
        if (range.DaysOfMonth.Count > 0)
            yield return ("daysOfMonth", List(range.DaysOfMonth.Select(Numbers)));
        if (range.Months.Count > 0)
            yield return ("months", List(range.Months.Select(span => Named(span, TimeIntervalReader.Months, 1))));
        if (range.Years.Count > 0)
            yield return ("years", List(range.Years.Select(Numbers)));
    }

    private static string Clock(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}");

    private static string Named(NumberSpan span, string[] names, int first) => span.From == span.To ? names[span.From - first] : $"{names[span.From - first]}-{names[span.To - first]}";

    private static string Numbers(NumberSpan span) => span.From == span.To
        ? span.From.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{span.From}..{span.To}");

    private static string List(IEnumerable<string> items) => $"[{string.Join(", ", items.Select(YamlText.Of))}]";
}
