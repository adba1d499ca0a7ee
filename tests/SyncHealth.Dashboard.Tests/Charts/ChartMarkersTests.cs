using SyncHealth.Dashboard.Charts;
using SyncHealth.Dashboard.Tests.Fakes;
using SyncHealth.Storage.Markers;

namespace SyncHealth.Dashboard.Tests.Charts;

public sealed class ChartMarkersTests
{
    private static readonly ChartSpec Hour = TimeChart.Over(Some.Minutes(_ => 0), TimeSpan.FromMinutes(1), Some.Now, ChartKind.Line, ChartUnit.Percent, []);

    [Fact]
    public void On_ChartOverTime_LettersThoseInsideItInOrder()
    {
        var spec = ChartMarkers.On(Hour, [At(-61, "before"), At(-60, "first"), At(-5, "second"), At(0, "after")]);

        Assert.Equal([("A", "first"), ("B", "second")], spec.Markers.Select(marker => (marker.Letter, marker.Text)));
        Assert.Equal(Some.Now.AddMinutes(-5).ToUnixTimeMilliseconds(), spec.Markers[1].At);
    }

    [Fact]
    public void On_MoreThanTheChartCanCarry_DrawsTheNewest()
    {
        var spec = ChartMarkers.On(Hour, [.. Enumerable.Range(0, 30).Select(i => At(i - 40, $"{i}"))]);

        Assert.Equal(ChartMarkers.MaxDrawn, spec.Markers.Count);
        Assert.Equal(("H", "29"), (spec.Markers[^1].Letter, spec.Markers[^1].Text));
    }

    [Fact]
    public void On_ChartOverCategories_IsAsItWas()
    {
        var bars = Hour with { Times = [], Kind = ChartKind.Columns };

        Assert.Same(bars, ChartMarkers.On(bars, [At(-5, "x")]));
    }

    private static Marker At(int minutes, string text) => new(Guid.Empty, "notes", Some.Now.AddMinutes(minutes), text);
}
