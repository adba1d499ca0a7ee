using SyncHealth.Dashboard.Charts;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Tests.Fakes;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Tests.Charts;

public sealed class TimeChartsTests
{
    private static readonly OverviewState State = new("notes", TimeRange.Hour, null, FilterSet.Empty);

    [Fact]
    public void Conflicts_ByStrategy_ArePerHundredAttemptsAndUnusedStrategiesAreLeftOut()
    {
        var point = Some.Point(200, 0) with { Conflicts = new Dictionary<string, long> { ["lww"] = 6, ["crdt"] = 1 } };

        var spec = ConflictChart.Build([point], State, Some.Now).Spec;

        Assert.Equal(["last write wins", "CRDT"], spec.Series.Select(series => series.Name));
        Assert.Equal([3, 0.5], spec.Series.Select(series => series.Values[0]!.Value));
    }

    [Fact]
    public void Conflicts_MinuteWithoutAttempts_HasNoRate()
    {
        var spec = ConflictChart.Build([Some.Point() with { Conflicts = new Dictionary<string, long> { ["lww"] = 1 } }, Some.Point(0, 0)], State, Some.Now).Spec;

        Assert.Null(spec.Series[0].Values[1]);
    }

    [Fact]
    public void Durations_ZeroMilliseconds_FitOnALogarithmicAxis()
    {
        var spec = DurationChart.Build([Some.Point() with { DurationMs = new DurationPercentiles(0, 10, 100) }], State, Some.Now).Spec;

        Assert.True(spec.Logarithmic);
        Assert.Equal([100, 10, 1], spec.Series.Select(series => series.Values[0]!.Value));
    }

    [Fact]
    public void Queue_AllEmpty_SaysSoInsteadOfDrawingALineAtZero() =>
        Assert.True(QueueChart.Build([Some.Point() with { QueueDepth = new QueueDepth(50, 0, 0, 0, null) }], State, Some.Now).Spec.IsEmpty);

    [Fact]
    public void IncompleteFrom_RunningPoint_IsIncomplete() =>
        Assert.Equal(59, Completeness.IncompleteFrom(Some.Minutes(_ => 0), TimeSpan.FromMinutes(1), Some.Now.AddSeconds(-30)));

    [Fact]
    public void IncompleteFrom_LearnedCurveSaysLate_ReachesBack()
    {
        VitalsPoint[] points = [.. Some.Minutes(_ => 0).Select((point, i) => point with { Completeness = i >= 50 ? 0.8 : 1 })];

        Assert.Equal(50, Completeness.IncompleteFrom(points, TimeSpan.FromMinutes(1), Some.Now));
    }

    [Fact]
    public void IncompleteFrom_NothingLearnedAndPast_IsComplete() =>
        Assert.Null(Completeness.IncompleteFrom(Some.Minutes(_ => 0), TimeSpan.FromMinutes(1), Some.Now));
}
