using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Rules;

namespace SyncHealth.Alerting.Tests.Routing;

/// <summary>Trees that a reader could have read, and alerts to send down them.</summary>
internal static class SomeRoutes
{
    private static readonly string[] Values = ["x", "y", "z"];

    private static readonly Gen<LabelMatcher> Matchers =
        from label in Gen.Elements("app", "os", "severity")
        from comparison in Gen.Elements("=", "!=", "=~", "!~")
        from value in Gen.Elements("x", "y", "z|x", ".*", "", "a: \"b\"", "#c")
        select LabelMatcher.TryParse(label + comparison + value, out var matcher, out _) ? matcher : null;

    private static readonly Gen<TimeSpan?> Spans = Gen.OneOf(Gen.Constant<TimeSpan?>(null), Gen.Choose(60, 3600).Select(seconds => (TimeSpan?)TimeSpan.FromSeconds(seconds)));

    public static readonly Gen<RuleDocument> Documents =
        from intervals in Intervals()
        from routes in Routes(3, intervals, isGrouped: false)
        select new RuleDocument([], []) { Routes = routes, TimeIntervals = intervals };

    public static readonly Gen<(RuleDocument Document, Dictionary<string, string> Labels, string[] Configured, DateTimeOffset Now)> Cases =
        from document in Documents
        from values in Gen.Elements(Values).Three()
        from configured in Gen.SubListOf("a", "b", "c")
        from minutes in Gen.Choose(0, 20_000)
        select (document, new Dictionary<string, string> { ["app"] = values.Item1, ["os"] = values.Item2, ["severity"] = values.Item3 }, configured.ToArray(), Some.Noon.AddMinutes(minutes));

    /// <summary>Whether two trees say the same, wherever they stand in their files.</summary>
    public static string Said(IEnumerable<Route> routes) => string.Join(';', routes.Select(route =>
        $"{string.Join(',', route.Match)}|{List(route.Notify)}|{route.Continue}|{List(route.GroupBy)}|{route.GroupWait}|{route.GroupInterval}|{route.RepeatInterval}|{List(route.MuteTimes)}|{List(route.ActiveTimes)}|({Said(route.Routes)})"));

    private static string List(IEnumerable<string>? items) => items is null ? "-" : string.Join(',', items);

    private static Gen<IReadOnlyList<TimeInterval>> Intervals() =>
        from ranges in Ranges().ListOf(2)
        select (IReadOnlyList<TimeInterval>)[.. ranges.Select((range, index) => new TimeInterval(index == 0 ? "nights" : "two words", [range]))];

    private static Gen<CalendarRange> Ranges() =>
        from zone in Gen.Elements("UTC", "Europe/Berlin", "America/St_Johns")
        from start in Gen.Choose(0, CalendarRange.MinutesPerDay - 1)
        from numbers in Gen.Choose(1, 28).Three()
        from flags in Gen.Elements(true, false).Three()
        select new CalendarRange
        {
            Zone = TimeZoneInfo.FindSystemTimeZoneById(zone), Times = [new NumberSpan(start, CalendarRange.MinutesPerDay)],
            Weekdays = flags.Item1 ? [new NumberSpan(numbers.Item1 % 7, 6)] : [],
            DaysOfMonth = flags.Item2 ? [new NumberSpan(-numbers.Item2, -1), new NumberSpan(1, numbers.Item3)] : [],
            Months = flags.Item3 ? [new NumberSpan(1 + (numbers.Item1 % 12), 12)] : [], Years = flags.Item1 ? [new NumberSpan(2026, 2026 + numbers.Item2)] : [],
        };

    private static Gen<IReadOnlyList<Route>> Routes(int depth, IReadOnlyList<TimeInterval> intervals, bool isGrouped) =>
        from count in Gen.Choose(depth == 3 ? 1 : 0, 3)
        from routes in OneRoute(depth, intervals, isGrouped).ListOf(count)
        // One that takes everything and does not go on may only be the last.
        select (IReadOnlyList<Route>)[.. routes.Select((route, index) => route.Match.Count == 0 && index < routes.Count - 1 ? route with { Continue = true } : route)];

    private static Gen<Route> OneRoute(int depth, IReadOnlyList<TimeInterval> intervals, bool isGrouped) =>
        from count in Gen.Choose(0, 2)
        from match in Matchers.Where(matcher => matcher is not null).ListOf(count)
        from notify in Gen.SubListOf("a", "b", "c", "not here").Select(names => names.Count == 0 ? null : names.ToArray())
        from goesOn in Gen.Elements(true, false)
        from grouping in Gen.Elements(0, 1, 2, 3)
        let groupBy = grouping switch { 1 => ["app"], 2 => [Route.AllLabels], _ => (string[]?)null }
        let grouped = isGrouped || groupBy is not null
        from spans in Spans.Three()
        from mute in Gen.SubListOf(intervals.Select(interval => interval.Name).ToArray())
        from active in Gen.SubListOf(intervals.Select(interval => interval.Name).ToArray())
        from below in depth > 1 ? Routes(depth - 1, intervals, grouped) : Gen.Constant<IReadOnlyList<Route>>([])
        select new Route
        {
            Match = [.. match.DistinctBy(matcher => matcher!.ToString())!], Notify = notify, Continue = goesOn, GroupBy = groupBy, GroupWait = spans.Item1, GroupInterval = grouped ? spans.Item2 : null,
            RepeatInterval = grouped ? spans.Item3 : null, MuteTimes = mute.Count == 0 ? null : [.. mute], ActiveTimes = active.Count == 0 ? null : [.. active], Routes = below,
        };
}
