using SyncHealth.Dashboard.Charts;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Tests.Fakes;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Tests.Charts;

public sealed class SuccessChartTests
{
    private static readonly OverviewState State = new("notes", TimeRange.Hour, null, FilterSet.Empty);

    [Fact]
    public void Build_NoGrouping_IsOneLineOnAnAxisOfTens()
    {
        var chart = Build([], null, []);

        Assert.Equal("All syncs", Assert.Single(chart.Spec.Series).Name);
        Assert.Equal((90, 100), (chart.Spec.Min!.Value, chart.Spec.Max!.Value));
        Assert.Equal(95, chart.Spec.Target!.Value);
        Assert.False(chart.Spec.IsEmpty);
    }

    [Fact]
    public void Build_EverythingFails_IsNotEmpty()
    {
        var chart = SuccessChart.Build(Some.Minutes(_ => 100), [], null, [], State, Some.Now, 95);

        Assert.False(chart.Spec.IsEmpty);
        Assert.Equal(0, chart.Spec.Min);
    }

    [Fact]
    public void Build_GroupWithGaps_HasNullsAtItsMissingPoints()
    {
        var points = Some.Minutes(_ => 5);

        var line = Assert.Single(Build([Group("2.5.0", [points[10], points[50]])], Dimension.AppVersion, ["2.5.0"]).Spec.Series);

        Assert.Equal([10, 50], Enumerable.Range(0, 60).Where(i => line.Values[i] is not null));
        Assert.Equal(new DimensionFilter("app_version", "2.5.0"), line.Filter);
    }

    [Fact]
    public void Build_OneGroupFilteredAway_TheOtherKeepsItsColour()
    {
        var both = Build([Group("2.4.1", Some.Minutes(_ => 1)), Group("2.5.0", Some.Minutes(_ => 1))], Dimension.AppVersion, ["2.4.1", "2.5.0"]);
        var one = Build([Group("2.5.0", Some.Minutes(_ => 1))], Dimension.AppVersion, ["2.4.1", "2.5.0"]);

        Assert.Equal(both.Spec.Series[1].Color, one.Spec.Series[0].Color);
        Assert.NotEqual(both.Spec.Series[0].Color, both.Spec.Series[1].Color);
        Assert.NotEqual(both.Spec.Series[0].Dash, both.Spec.Series[1].Dash);
    }

    [Fact]
    public void Build_TwelveGroups_ShowsTheBusiestAndSaysHowManyAreLeftOut()
    {
        string[] versions = [.. Enumerable.Range(0, 12).Select(minor => $"1.{minor}")];
        var chart = Build([.. versions.Select((version, i) => Group(version, Some.Minutes(_ => 1, attempts: 100 + i)))], Dimension.AppVersion, versions);

        Assert.Equal(versions[4..], chart.Spec.Series.Select(line => line.Name));
        Assert.Contains("the 8 busiest; 4 more left out", chart.Note, StringComparison.Ordinal);
    }

    private static ChartModel Build(IReadOnlyList<VitalsGroup> groups, Dimension? by, IReadOnlyList<string> known) =>
        SuccessChart.Build(Some.Minutes(_ => 5), groups, by, known, State with { By = by }, Some.Now, 95);

    private static VitalsGroup Group(string version, IReadOnlyList<VitalsPoint> points) => new(new Dictionary<string, string> { ["app_version"] = version }, points);
}
