using SyncHealth.Dashboard.Charts;
using SyncHealth.Dashboard.Explore;
using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Tests.Fakes;
using SyncHealth.Storage.Markers;
using SyncHealth.Storage.Vitals;
using SyncHealth.Testing;

namespace SyncHealth.Dashboard.Tests.Explore;

public sealed class ExploreViewTests
{
    private static readonly ExploreState Plain = ExploreState.Default(TimeRange.Hour);

    private readonly FakeReaders _readers = new();

    [Fact]
    public async Task Of_NoAppOfThatName_OffersTheKnownAndAsksNothingMore()
    {
        var view = await ReadAsync(Plain with { App = "nobody" });

        Assert.Null(view.Main);
        Assert.Equal("notes", Assert.Single(view.Answers.Apps).Name);
        Assert.Empty(_readers.Questions);
    }

    [Fact]
    public async Task Of_NoGroupingAsked_BreaksDownByTheSplitThatSaysMost()
    {
        _readers.Cells = Some.Cells(failures: 80);

        var view = await ReadAsync(Plain);

        // Version 2.5.0 and cellular both fail; the version fails more unlike the rest.
        Assert.Equal(Dimension.AppVersion, view.Breakdown!.By);
        Assert.False(view.Breakdown.Chosen);
        Assert.Equal([new("app_version", "2.5.0"), new DimensionFilter("network", "cellular")], view.Suspect!.Segment);
    }

    [Fact]
    public async Task Of_EveryCoreDimensionFixed_BreaksDownByOsVersion()
    {
        var view = await ReadAsync(Plain with { Filters = FilterSet.Parse(["app_version:2.5.0", "os:ios", "network:wifi"]) });

        Assert.Equal("os_version", view.Breakdown!.By.Name);
    }

    [Fact]
    public async Task Of_NarrowedToTheSuspect_NamesItNoMore()
    {
        _readers.Cells = Some.Cells(failures: 80);

        Assert.Null((await ReadAsync(Plain with { Filters = FilterSet.Parse(["app_version:2.5.0", "network:cellular"]) })).Suspect);
    }

    [Fact]
    public async Task Of_ComparedWithTheTimeBefore_DrawsBothLinesAndTheChange()
    {
        _readers.Total = query => query.From < Some.Now.AddHours(-1) ? Some.Point(1000, 20) : Some.Point(1000, 120);
        _readers.Points = [.. Some.Minutes(_ => 12), .. Some.Minutes(_ => 2).Select(point => point with { At = point.At.AddHours(-1) })];

        var view = await ReadAsync(Plain with { Against = new Comparison(ComparisonKind.Previous, FilterSet.Empty) });

        Assert.Equal(["all syncs", "the period before"], view.Main!.Spec.Series.Select(series => series.Name));
        Assert.Equal(88, view.Value);
        Assert.Equal((Trend.Worse, "−10\u00A0pts"), (view.Change!.Trend, view.Change.Text));
        Assert.Equal(Band.Poor, view.Band);
    }

    [Fact]
    public async Task Of_GroupedByADimensionWithoutHistory_SaysWhereItsNumbersAre()
    {
        // What storage answers by a tag that is not promoted: the present point alone.
        var points = Some.Minutes(_ => 0).OrderBy(point => point.At).Select(point => point with { QueueDepth = null }).ToList();
        _readers.Points = [.. points.SkipLast(1), points[^1] with { QueueDepth = new QueueDepth(10, 1, 7, 0, null) }];

        var view = await ReadAsync(Plain with { Metric = Metric.Find("queue_p99")!, By = Dimension.FindAny("tag:ring") }, ("tag:ring", ["canary"]));

        Assert.True(view.Main!.Spec.IsEmpty);
        Assert.Contains("known for now: see the breakdown", view.Main.WhenEmpty, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_GroupedByADimensionWithHistory_DrawsALineForEachValue()
    {
        _readers.Points = [.. Some.Minutes(_ => 0).Select(point => point with { QueueDepth = new QueueDepth(10, 1, point.At.Minute, 0, null) })];

        var view = await ReadAsync(Plain with { Metric = Metric.Find("queue_p99")!, By = Dimension.FindAny("device_model") }, ("device_model", ["Pixel 8"]));

        Assert.NotEmpty(view.Main!.Spec.Series);
        Assert.All(view.Main.Spec.Series, line => Assert.Contains(line.Values, value => value is not null));
    }

    [Fact]
    public async Task Of_MetricThatAdds_IsStackedAndLeavesOutWhatAddsNothing()
    {
        _readers.Points = Some.Minutes(_ => 0);

        var failures = await ReadAsync(Plain with { Metric = Metric.Failures, By = Dimension.Network });
        var attempts = await ReadAsync(Plain with { Metric = Metric.Find("attempts")!, By = Dimension.Network });

        Assert.Empty(failures.Main!.Spec.Series);
        Assert.Equal(ChartKind.StackedColumns, attempts.Main!.Spec.Kind);
        Assert.Equal(["cellular", "Wi-Fi"], attempts.Main.Spec.Series.Select(series => series.Name));
        Assert.Equal(2, attempts.Main.Spec.Series.Select(series => series.Color).Distinct().Count());
    }

    [Fact]
    public async Task Of_Breakdown_RanksTheWorstFirstAndTooSmallOnesLast()
    {
        _readers.Cells = [Group("2.4.1", 1000, 10), Group("2.5.0", 400, 100), Group("2.6.0", 5, 5)];

        var rows = (await ReadAsync(Plain with { By = Dimension.AppVersion })).Breakdown!.Rows;

        Assert.Equal(["2.5.0", "2.4.1", "2.6.0"], rows.Select(row => row.Name));
        Assert.Equal([false, false, true], rows.Select(row => row.TooFew));
        Assert.Equal(100.0 / 115, rows[0].FailureShare!.Value, 9);
        Assert.Equal(0.75, rows[0].Fill, 9);
    }

    [Fact]
    public async Task Of_Durations_KeepsEveryAttemptInHistogramAndHeatmap()
    {
        for (var minute = 0; minute < 90; minute++)
            _readers.Durations.Add(new DurationSlice(Some.Now.AddMinutes(minute - 90), [new(300, 500, 7), new(1_000, 1_500, 2)], [new(60_000, 90_000, 1)]));

        var charts = (await ReadAsync(Plain)).Charts.ToDictionary(chart => chart.Id);

        Assert.Equal([("successful", 810.0), ("not successful", 90.0)], charts["spread"].Spec.Series.Select(series => (series.Name, series.Values.Sum()!.Value)));
        Assert.InRange(charts["heat"].Spec.Times.Count, 2, 60);
        Assert.Equal(900, charts["heat"].Spec.Series.Sum(series => series.Values.Sum()));
        Assert.All(charts["heat"].Spec.Series, series => Assert.Equal(charts["heat"].Spec.Times.Count, series.Values.Count));
    }

    [Fact]
    public async Task Of_Throughput_TakesWhatWasWrittenAsUploadsAndGrowthOfTheQueues()
    {
        // Each minute 10 items go up; the queues hold 100 items more after the second five minutes.
        _readers.Points = [.. Enumerable.Range(0, 15).Select(minute => Some.Point(at: Some.Now.AddMinutes(minute - 15)) with
        {
            Pushed = 10, QueueDepth = new QueueDepth(100, minute < 5 ? 1 : 2, 14, 0, null),
        })];

        var spec = (await ReadAsync(Plain)).Charts.First(chart => chart.Id == "throughput").Spec;

        Assert.Equal((double?[])[null, 150, 50], spec.Series[0].Values);
        Assert.Equal((double?[])[50, 50, 50], spec.Series[1].Values);
        Assert.Equal(300_000, spec.StepMs);
    }

    [Fact]
    public async Task Of_ErrorsOverTime_FillStepsWithoutAFailure()
    {
        _readers.Errors = query => query.Step is null ? [] :
        [
            new(new Dictionary<string, string>(), Some.Now.AddMinutes(-10), "timeout", "http_504", 3), new(new Dictionary<string, string>(), Some.Now.AddMinutes(-10), "timeout", "", 2),
            new(new Dictionary<string, string>(), Some.Now.AddMinutes(-7), "offline", "", 1),
        ];

        var spec = (await ReadAsync(Plain)).Charts.First(chart => chart.Id == "failures").Spec;

        Assert.Equal(["timeout", "offline"], spec.Series.Select(series => series.Name));
        Assert.Equal((double?[])[5, 0, 0, 0], spec.Series[0].Values);
        Assert.Equal((double?[])[0, 0, 0, 1], spec.Series[1].Values);
        Assert.Equal(new DimensionFilter("error_kind", "timeout"), spec.Series[0].Filter);
    }

    [Fact]
    public async Task Of_MarkersOfTheRange_StandOnChartsOverTime()
    {
        _readers.Markers.Add(new Marker(Guid.Empty, null, Some.Now.AddMinutes(-30), "backend 5.1"));

        var view = await ReadAsync(Plain);

        Assert.Equal("backend 5.1", Assert.Single(view.Main!.Spec.Markers).Text);
        Assert.Empty(view.Charts.First(chart => chart.Id == "spread").Spec.Markers);
    }

    [Fact]
    public async Task Of_AppWithBandsOfItsOwn_IsJudgedByThem()
    {
        _readers.Total = _ => Some.Point(1000, 20);
        var options = new DashboardOptions { AppBands = new Dictionary<string, VitalBands> { ["notes"] = new() { SuccessRate = new BandLimits(99.5, 99) } } };

        Assert.Equal(Band.Good, (await ReadAsync(Plain)).Band);
        Assert.Equal(Band.Poor, (await ReadAsync(Plain, options: options)).Band);
    }

    /// <summary>Each of these devices is a raw event to read, whatever filters say.</summary>
    [Theory]
    [InlineData("success_rate", ExploreReader.MostTold, true)]
    [InlineData("success_rate", ExploreReader.MostTold + 1, false)]
    [InlineData("devices", ExploreReader.MostTold + 1, true)]
    public async Task Read_GroupsOfADimensionThatNoSetKnows_TellDevicesApartWhereTheyAreFewOrAskedFor(string metric, long attempts, bool areTold)
    {
        _readers.Total = query => Some.Point(query.Filters.Count > 0 ? 10 : attempts);
        await ReadAsync(
            Plain with { Metric = Metric.Find(metric)!, By = Dimension.FindAny("device_model"), Filters = FilterSet.Parse(["os:ios"]) }, ("device_model", ["Pixel 8"]));

        var groups = _readers.Questions.Where(question => question is { By: ["device_model"], Step: null } && question.From == Some.Now.AddHours(-1)).ToList();
        Assert.Equal(areTold, Assert.Single(groups, question => question.Parts.HasFlag(VitalsParts.Completeness) || question.Parts.HasFlag(VitalsParts.Devices)).Parts.HasFlag(VitalsParts.Devices));
    }

    private static VitalsGroup Group(string version, long attempts, long failures) =>
        Some.Cell(version, "ios", "wifi", Some.Point(attempts, failures));

    private async Task<ExploreView> ReadAsync(ExploreState state, (string Name, string[] Values)? dimension = null, DashboardOptions? options = null)
    {
        if (dimension is { } extra)
            _readers.Apps[0] = _readers.Apps[0] with { Dimensions = new Dictionary<string, IReadOnlyList<string>>(_readers.Apps[0].Dimensions) { [extra.Name] = extra.Values } };
        var reader = new ExploreReader(_readers, _readers, _readers, _readers, _readers, _readers, new ManualTimeProvider(Some.Now));
        return ExploreView.Of(await reader.ReadAsync(state, CancellationToken.None), state, options ?? new DashboardOptions());
    }
}
