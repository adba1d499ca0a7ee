using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Explore;

/// <summary>The metric of each group over the whole range, the worst first.</summary>
/// <param name="By">What the groups are of.</param>
/// <param name="Chosen">Whether somebody asked for it; otherwise it is the split that says most.</param>
/// <param name="Rows">At most <see cref="MaxRows"/>.</param>
/// <param name="Left">Groups that found no row.</param>
public sealed record Breakdown(Dimension By, bool Chosen, IReadOnlyList<BreakdownRow> Rows, int Left)
{
    /// <summary>Rows beyond this are a download, not a list.</summary>
    public const int MaxRows = 50;

    public static Breakdown Of(ExploreAnswers answers, ExploreState state)
    {
        var metric = state.Metric;
        var before = answers.GroupsBefore.GroupBy(Value(answers.By)).ToDictionary(group => group.Key, group => group.First().Points[0], StringComparer.Ordinal);
        var failures = answers.Groups.Sum(group => Failed(group.Points[0]));
        var most = metric.Code is "success_rate" or "first_try_rate" ? 100 : answers.Groups.Select(group => metric.Value(group.Points[0]) ?? 0).DefaultIfEmpty(0).Max();
        var rows = answers.Groups
            .Select(group => Row(Value(answers.By)(group), group.Points[0]))
            .OrderBy(row => row.TooFew).ThenByDescending(row => Badness(metric, row)).ThenByDescending(row => row.Attempts).ThenBy(row => row.Name, StringComparer.Ordinal)
            .ToArray();
        return new Breakdown(Dimension.FindAny(answers.By)!, state.By is not null, [.. rows.Take(MaxRows)], Math.Max(0, rows.Length - MaxRows));

        BreakdownRow Row(string value, VitalsPoint point)
        {
            var (now, then) = (metric.Value(point), before.GetValueOrDefault(value) is { } earlier ? metric.Value(earlier) : null);
            return new BreakdownRow(
                ExploreWords.Group(answers.By, value), new DimensionFilter(answers.By, value), most > 0 ? Math.Clamp((now ?? 0) / most, 0, 1) : 0,
                now, then, ExploreWords.Change(metric, now, then), point.Attempts, point.Devices,
                failures > 0 ? (double)Failed(point) / failures : null, IsTooFew(metric, point));
        }
    }

    private static Func<VitalsGroup, string> Value(string by) => group => group.By.GetValueOrDefault(by, "");

    private static long Failed(VitalsPoint point) => point.Attempts - point.Successes;

    private static bool IsTooFew(Metric metric, VitalsPoint point) => metric.OfDevices
        ? (point.QueueDepth?.Devices ?? 0) < SignMath.MinDevices
        : metric.Group != MetricGroup.Volume && point.Attempts < SignMath.MinAttempts;

    private static double Badness(Metric metric, BreakdownRow row) => row.Value is not { } value
        ? double.NegativeInfinity
        : metric.MoreIs == MoreIs.Better ? -value : value;
}
