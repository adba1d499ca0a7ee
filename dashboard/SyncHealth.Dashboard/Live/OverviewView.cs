using SyncHealth.Dashboard.Charts;
using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Causes;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Live;

/// <summary>The overview, ready to be drawn: computed once for each distinct question, shared by its viewers.</summary>
public sealed record OverviewView
{
    /// <summary>What the page shows when it has nothing of an app to show.</summary>
    public required OverviewAnswers Answers { get; init; }

    public Headline? Headline { get; init; }

    /// <summary>Whether the range has no attempt to show.</summary>
    public bool IsQuiet => Answers.Total is { Attempts: 0 };

    /// <summary>
    /// What explains a drop, where it adds to the headline: a proven cause, or, under a headline about the success rate, that none is proven. Under any other
    /// headline "nothing explains this" would be about something that the headline does not speak of.
    /// </summary>
    public CauseAnswer? Cause => Answers.Cause is { } asked && (asked.Explanation.Causes.Count > 0 || Headline is { Band: > Band.Good, Sign: VitalSign.SuccessRate }) ? asked : null;

    public IReadOnlyList<VitalTile> Tiles { get; init; } = [];

    /// <summary>Over time and as histograms, in the order of the page.</summary>
    public IReadOnlyList<ChartModel> Charts { get; init; } = [];

    public static OverviewView Of(OverviewAnswers answers, OverviewState state, DashboardOptions options)
    {
        if (answers.App is not { } app || answers.Total is not { } total)
            return new OverviewView { Answers = answers };

        var bands = options.BandsOf(app.Name);
        ChartModel[] charts =
        [
            SuccessChart.Build(answers.Points, answers.Groups, state.By, Known(app, state.By), state, answers.Now, bands.SuccessRate.Target),
            DurationChart.Build(answers.Points, state, answers.Now),
            Histogram.Durations(answers.Durations),
            ConflictChart.Build(answers.Points, state, answers.Now),
            QueueChart.Build(answers.Points, state, answers.Now),
            Histogram.Staleness(answers.Staleness, total.StalenessSeconds?.Gone ?? 0),
        ];
        return new OverviewView
        {
            Answers = answers,
            Headline = HeadlineWriter.Write(Facts(answers, total, state, bands, options.Speed)),
            Tiles = VitalTile.All(total, answers.Previous, answers.Points, bands),
            Charts = [.. charts.Select(chart => ChartMarkers.On(chart, answers.Markers))],
        };
    }

    private static HeadlineFacts Facts(OverviewAnswers answers, VitalsPoint total, OverviewState state, VitalBands bands, double speed) => new()
    {
        Range = state.Range,
        Now = answers.Now,
        Bands = bands,
        Total = total,
        Points = answers.Points,
        Cells = answers.Cells,
        Cause = answers.Cause,
        StaleDevices = answers.Staleness,
        Filters = state.Filters,
        Speed = speed,
    };

    private static IReadOnlyList<string> Known(AppSummary app, Dimension? by) =>
        by is null ? [] : app.Dimensions.GetValueOrDefault(by.Name, []);
}
