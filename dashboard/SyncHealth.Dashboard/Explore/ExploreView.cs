using SyncHealth.Dashboard.Charts;
using SyncHealth.Dashboard.Health;

namespace SyncHealth.Dashboard.Explore;

/// <summary>Explore, ready to be drawn: computed once for each distinct question, shared by its viewers.</summary>
public sealed record ExploreView
{
    /// <summary>What the page shows when it has nothing of an app to show.</summary>
    public required ExploreAnswers Answers { get; init; }

    /// <summary>Whether the range has neither an attempt nor a device to show.</summary>
    public bool IsQuiet => Answers.Total is { Attempts: 0 } && Value is null or 0;

    public double? Value { get; init; }

    public TileChange? Change { get; init; }

    public Band Band { get; init; }

    /// <summary>Where the failures are concentrated; null when nowhere, or when the page is narrowed to it already.</summary>
    public Suspect? Suspect { get; init; }

    public ChartModel? Main { get; init; }

    public Breakdown? Breakdown { get; init; }

    public ErrorRanking? Errors { get; init; }

    /// <summary>The smaller charts, in the order of the page.</summary>
    public IReadOnlyList<ChartModel> Charts { get; init; } = [];

    public static ExploreView Of(ExploreAnswers answers, ExploreState state, DashboardOptions options)
    {
        if (answers.App is not { } app || answers.Total is not { } total)
            return new ExploreView { Answers = answers };

        var bands = options.BandsOf(app.Name);
        var value = state.Metric.Value(total);
        return new ExploreView
        {
            Answers = answers,
            Value = value,
            Change = ExploreWords.Change(state.Metric, value, answers.Before is { } before ? state.Metric.Value(before) : null),
            Band = state.Metric.Sign is { } sign ? SignMath.Judge(sign, total, bands) : Band.NoData,
            Suspect = SuspectIn(answers, state),
            Main = ChartMarkers.On(MetricChart.Build(answers, state, bands), answers.Markers),
            Breakdown = Breakdown.Of(answers, state),
            Errors = ErrorRanking.Of(answers),
            Charts = [.. All(answers, state).Select(chart => ChartMarkers.On(chart, answers.Markers))],
        };
    }

    private static ChartModel[] All(ExploreAnswers answers, ExploreState state) =>
    [
        ErrorChart.Build(answers, state),
        SpreadCharts.Histogram(answers),
        SpreadCharts.Heatmap(answers, state),
        FlowCharts.Successes(answers, state),
        FlowCharts.Retries(answers, state),
        FlowCharts.Throughput(answers, state),
    ];

    private static Suspect? SuspectIn(ExploreAnswers answers, ExploreState state)
    {
        var cells = answers.Cells.Select(cell => (cell.By, new Tally(cell.Points[0].Attempts - cell.Points[0].Successes, cell.Points[0].Attempts))).ToArray();
        return Attribution.Find(cells) is { } suspect && !state.Filters.Narrow(suspect.Segment).Equals(state.Filters) ? suspect : null;
    }
}
