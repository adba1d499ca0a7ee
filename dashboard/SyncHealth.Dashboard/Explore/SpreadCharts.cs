using SyncHealth.Dashboard.Charts;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Explore;

/// <summary>How durations are spread: over the whole range, and over time.</summary>
public static class SpreadCharts
{
    /// <summary>Columns of a heatmap that 360 px still show as cells.</summary>
    private const int MaxColumns = 60;

    private const string NoAttempts = "No sync attempts in this range.";

    /// <summary>Bars over logarithmic ranges, failed and cancelled attempts on top of the successful ones.</summary>
    public static ChartModel Histogram(ExploreAnswers answers)
    {
        var bins = Charts.Histogram.OfDurations;
        var spec = new ChartSpec
        {
            Kind = ChartKind.StackedColumns,
            Unit = ChartUnit.Attempts,
            Series =
            [
                Bars("successful", "series-1", answers.Durations.SelectMany(slice => slice.Successes)),
                Bars("not successful", "series-2", answers.Durations.SelectMany(slice => slice.Others)),
            ],
            Categories = [.. bins.Select(bin => bin.Label)],
            Ticks = [.. bins.Select(bin => bin.Tick)],
            Min = 0,
        };
        return new ChartModel("spread", "Durations", "attempts that took up to …, logarithmic", spec, NoAttempts);
    }

    /// <summary>The same bars as columns of cells, one for each step.</summary>
    public static ChartModel Heatmap(ExploreAnswers answers, ExploreState state)
    {
        var step = (long)state.EffectiveStep.Length.TotalMilliseconds;
        var (first, last) = answers.Durations.Count == 0 ? (0, 0) : (Time(answers.Durations[0]), Time(answers.Durations[^1]));
        var width = step * Math.Max(1, (long)Math.Ceiling(((last - first) / (double)step + 1) / MaxColumns));
        var times = answers.Durations.Count == 0 ? [] : Enumerable.Range(0, (int)((last - first) / width) + 1).Select(column => first + (column * width)).ToArray();
        var counts = new long[times.Length, Charts.Histogram.OfDurations.Count];
        foreach (var slice in answers.Durations)
        {
            var row = Charts.Histogram.CountDurations(slice.Successes.Concat(slice.Others));
            for (var bin = 0; bin < row.Length; bin++)
                counts[(Time(slice) - first) / width, bin] += row[bin];
        }

        var spec = new ChartSpec
        {
            Kind = ChartKind.Heat,
            Unit = ChartUnit.Attempts,
            Times = times,
            StepMs = width,
            Ticks = [.. Charts.Histogram.OfDurations.Select(bin => bin.Tick)],
            Series = [.. Charts.Histogram.OfDurations.Select((bin, row) => new ChartSeries(
                bin.Label, "series-1", 0, [.. Enumerable.Range(0, times.Length).Select(column => (double?)counts[column, row])]))],
        };
        return new ChartModel("heat", "Durations over time", "attempts per cell; the darker the more", spec, NoAttempts);
    }

    private static long Time(DurationSlice slice) => slice.At.ToUnixTimeMilliseconds();

    private static ChartSeries Bars(string name, string color, IEnumerable<DistributionBucket> buckets) =>
        new(name, color, 0, [.. Charts.Histogram.CountDurations(buckets).Select(count => (double?)count)]);
}
