using SyncHealth.Dashboard.Charts;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Explore;

/// <summary>What successes take, what retries rescue, and whether devices upload as fast as they write.</summary>
public static class FlowCharts
{
    private const string NoAttempts = "No sync attempts in this range.";

    /// <summary>Snapshots of the queues are this far apart: a narrower step cannot see them grow.</summary>
    private static readonly TimeSpan SnapshotEvery = TimeSpan.FromMinutes(5);

    /// <summary>Durations of successes apart: a failure that gives up at once makes everything look fast.</summary>
    public static ChartModel Successes(ExploreAnswers answers, ExploreState state)
    {
        ChartSeries[] series =
        [
            Times("p99 of successes", "rank-3", 0, point => point.SuccessDurationMs?.P99),
            Times("p90 of successes", "rank-2", 7, point => point.SuccessDurationMs?.P90),
            Times("p50 of successes", "rank-1", 3, point => point.SuccessDurationMs?.P50),
            Times("p99 of all", "series-2", 11, point => point.DurationMs?.P99),
        ];
        var spec = TimeChart.Over(answers.Points, state.EffectiveStep.Length, answers.Now, ChartKind.Line, ChartUnit.Milliseconds, series) with { Logarithmic = true };
        return new ChartModel("successes", "Durations of successes", "apart from failures, logarithmic", spec, NoAttempts);

        ChartSeries Times(string name, string color, int dash, Func<VitalsPoint, double?> value) =>
            new(name, color, dash, [.. answers.Points.Select(point => value(point) is { } milliseconds ? Math.Max(1, milliseconds) : (double?)null)]);
    }

    /// <summary>The space between the lines is what retries rescue.</summary>
    public static ChartModel Retries(ExploreAnswers answers, ExploreState state)
    {
        ChartSeries[] series =
        [
            new("with retries", "series-1", 0, [.. answers.Points.Select(point => point.SuccessRate)]),
            new("at the first try", "series-2", 7, [.. answers.Points.Select(point => point.FirstTryRate)]),
        ];
        var lowest = series.SelectMany(line => line.Values).Min() ?? 100;
        var spec = TimeChart.Over(answers.Points, state.EffectiveStep.Length, answers.Now, ChartKind.Line, ChartUnit.Percent, series) with
        {
            Min = Math.Max(0, Math.Floor((lowest - 1) / 10) * 10), Max = 100,
        };
        return new ChartModel("retries", "Retries", "success rate with and without them", spec, NoAttempts);
    }

    /// <summary>Input rate against throughput. What devices wrote is not reported: it is what they uploaded and what their queues grew by.</summary>
    public static ChartModel Throughput(ExploreAnswers answers, ExploreState state)
    {
        var width = state.EffectiveStep.Length > SnapshotEvery ? state.EffectiveStep.Length : SnapshotEvery;
        var bins = answers.Points.GroupBy(point => point.At.AddTicks(-(point.At.UtcTicks % width.Ticks))).OrderBy(bin => bin.Key).ToArray();
        var queues = bins.Select(bin => Waiting(bin.Last())).ToArray();
        var pushed = bins.Select(bin => (double)bin.Sum(point => point.Pushed)).ToArray();
        ChartSeries[] series =
        [
            new("written on devices (estimated)", "series-2", 7, [.. pushed.Select((sent, i) => Written(sent, i))]),
            new("uploaded", "series-1", 0, [.. pushed.Select(sent => (double?)sent)]),
            new("downloaded", "series-3", 3, [.. bins.Select(bin => (double?)bin.Sum(point => point.Pulled))]),
        ];
        var spec = TimeChart.Over([.. bins.Select(bin => bin.Last() with { At = bin.Key })], width, answers.Now, ChartKind.Line, ChartUnit.Items, series) with { Min = 0 };
        return new ChartModel(
            "throughput", "Input and throughput", $"items per {Quantity.Age(width.TotalSeconds)}; written = uploaded + growth of the queues", spec, "No item was uploaded or downloaded in this range.");

        double? Written(double sent, int place) => place > 0 && state.Clock == VitalsClock.Event && queues[place] - queues[place - 1] is { } growth ? Math.Max(0, sent + growth) : null;
    }

    private static double? Waiting(VitalsPoint point) => point.QueueDepth is { } depth ? depth.Mean * depth.Devices : null;
}
