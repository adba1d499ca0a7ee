using SyncHealth.Dashboard.Charts;
using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Explore;

/// <summary>The chosen metric over time: one line, one against another time or segment, or one for each group.</summary>
public static class MetricChart
{
    /// <summary>With less than this below the axis a small fall fills the chart and looks like the end.</summary>
    private const double LeastSpan = 10;

    public static ChartModel Build(ExploreAnswers answers, ExploreState state, VitalBands bands)
    {
        var metric = state.Metric;
        var step = state.EffectiveStep.Length;
        var groups = HasHistory(answers, state) ? Busiest(answers, metric) : [];
        var series = state.By is null ? Whole(answers, state) : [.. groups.Select((group, place) => Line(group, place, answers, metric))];
        var target = metric.Sign is { } sign ? bands[sign].Target : (double?)null;
        var spec = TimeChart.Over(answers.Points, step, answers.Now, metric.Adds ? ChartKind.StackedColumns : ChartKind.Line, metric.Unit, series) with
        {
            Logarithmic = IsLogarithmic(metric),
            Min = IsLogarithmic(metric) ? null : LowestOf(metric, series, target),
            Max = metric == Metric.SuccessRate || metric.Code == "first_try_rate" ? 100 : null,
            Target = target is { } value && metric.Unit != ChartUnit.Seconds ? new ChartTarget(value) : null,
        };
        return new ChartModel("metric", metric.Label, Note(answers, state, groups.Count, target), spec, WhenEmpty(answers, state));
    }

    private static bool IsLogarithmic(Metric metric) => metric.Unit is ChartUnit.Milliseconds or ChartUnit.Seconds;

    /// <summary>Past states of devices are kept by core dimensions and a few others; by the rest they are known for the present moment only, which is no line.</summary>
    private static bool HasHistory(ExploreAnswers answers, ExploreState state) =>
        !state.Metric.OfDevices || state.By is null || Dimensions.Core.Contains(state.By.Name)
        || answers.GroupPoints.Any(group => group.Points.SkipLast(1).Any(point => state.Metric.Value(point) is not null));

    /// <summary>The busiest groups, in the order of their values. Of those that add up, one without anything to add is left out.</summary>
    private static IReadOnlyList<VitalsGroup> Busiest(ExploreAnswers answers, Metric metric)
    {
        var known = answers.Values.GetValueOrDefault(answers.By, []);
        return [.. answers.GroupPoints.Where(group => !metric.Adds || group.Points.Any(point => metric.Value(point) > 0))
            .OrderByDescending(group => group.Points.Sum(point => point.Attempts)).Take(ChartPalette.MaxSeries)
            .OrderBy(group => PositionOf(group.By.GetValueOrDefault(answers.By, ""), known, known.Count))];
    }

    private static IReadOnlyList<ChartSeries> Whole(ExploreAnswers answers, ExploreState state)
    {
        var metric = state.Metric;
        var now = new ChartSeries(ExploreWords.Segment(state.Filters.Filters), "series-1", 0, [.. answers.Points.Select(point => Shown(metric, point))]);
        if (state.Against.Kind == ComparisonKind.None || metric.Adds)
            return [now];
        var (step, shift) = (state.EffectiveStep.Length.Ticks, state.Against.ShiftOf(state.Range.Length));
        var before = answers.BeforePoints.GroupBy(point => (point.At + shift).UtcTicks / step).ToDictionary(group => group.Key, group => Shown(metric, group.First()));
        return [now, new ChartSeries(state.Against.Label, "series-2", 5, [.. answers.Points.Select(point => before.GetValueOrDefault(point.At.UtcTicks / step))])];
    }

    private static ChartSeries Line(VitalsGroup group, int place, ExploreAnswers answers, Metric metric)
    {
        var value = group.By.GetValueOrDefault(answers.By, "");
        var known = answers.Values.GetValueOrDefault(answers.By, []);
        var position = PositionOf(value, known, known.Count + place);
        var values = group.Points.ToDictionary(point => point.At, point => Shown(metric, point));
        return new ChartSeries(
            ExploreWords.Group(answers.By, value), ChartPalette.Color(position), metric.Adds ? 0 : ChartPalette.Dash(position),
            [.. answers.Points.Select(point => values.GetValueOrDefault(point.At))], new DimensionFilter(answers.By, value));
    }

    /// <summary>A group keeps its colour whatever is filtered, if its value is one of those that the app is known to send.</summary>
    private static int PositionOf(string value, IReadOnlyList<string> known, int unknown)
    {
        for (var i = 0; i < known.Count; i++)
            if (known[i] == value)
                return i;
        return unknown;
    }

    /// <summary>A logarithmic axis has no place for 0.</summary>
    private static double? Shown(Metric metric, VitalsPoint point) =>
        metric.Value(point) is { } value ? IsLogarithmic(metric) ? Math.Max(1, value) : value : null;

    private static double LowestOf(Metric metric, IReadOnlyList<ChartSeries> series, double? target)
    {
        if (metric.Unit != ChartUnit.Percent || metric.MoreIs != MoreIs.Better)
            return 0;
        var lowest = series.SelectMany(line => line.Values).Min() ?? 100;
        return Math.Max(0, Math.Floor((Math.Min(lowest, target ?? lowest) - 1) / LeastSpan) * LeastSpan);
    }

    private static string Note(ExploreAnswers answers, ExploreState state, int drawn, double? target)
    {
        List<string> parts = [state.Metric.Note, $"per {Quantity.Age(state.EffectiveStep.Length.TotalSeconds)}"];
        if (state.By is { } by && drawn > 0)
            parts.Add($"by {by.Spoken}" + (drawn == ChartPalette.MaxSeries && answers.GroupPoints.Count > drawn ? $", the {drawn} busiest; {answers.GroupPoints.Count - drawn} more in the breakdown" : ""));
        if (target is { } value && state.Metric.Unit != ChartUnit.Seconds)
            parts.Add($"dashed: target {ExploreWords.Format(state.Metric, value)}");
        if (state.Clock == VitalsClock.Arrival)
            parts.Add("by arrival");
        return string.Join(" · ", parts);
    }

    private static string WhenEmpty(ExploreAnswers answers, ExploreState state)
    {
        if (state.Metric.OfDevices && answers.Total?.Attempts > 0)
            return "The history of queues and staleness is kept by app version, OS, network and environment, and, each alone, by OS version, device model and the tags that most devices carry. Otherwise they are known for now: see the breakdown.";
        return answers.Total?.Attempts > 0
            ? $"No {state.Metric.Label.ToLowerInvariant()} to show: all values are zero."
            : $"No sync attempts of {ExploreWords.Segment(state.Filters.Filters)} in this range. Choose a longer one, or take back a filter.";
    }
}
