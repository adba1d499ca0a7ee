using SyncHealth.Dashboard.Charts;
using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Tests.Charts;

public sealed class ChartTableTests
{
    [Fact]
    public void Of_ChartOverTime_IsNewestFirstInTheViewersZoneAndMarksWhatStillFills()
    {
        var spec = new ChartSpec
        {
            Kind = ChartKind.Line,
            Unit = ChartUnit.Milliseconds,
            Times = [0, 3_600_000],
            IncompleteFrom = 1,
            Series = [new("p99", "rank-3", 0, [9100, null]), new("p50", "rank-1", 0, [420, 430])],
        };

        var table = ChartTable.Of(spec, new ViewerClock(TimeSpan.FromHours(2)));

        Assert.Equal(["Time", "p99", "p50"], table.Columns);
        Assert.Equal(["1 Jan 03:00 (still arriving)", "–", "430\u00A0ms"], table.Rows[0]);
        Assert.Equal(["1 Jan 02:00", "9.1\u00A0s", "420\u00A0ms"], table.Rows[1]);
    }

    [Fact]
    public void Of_ChartOverCategories_KeepsTheirOrder()
    {
        var table = ChartTable.Of(Histogram.Durations([new(200, 300, 7)]).Spec, ViewerClock.Utc);

        Assert.Equal(["Range", "Attempts"], table.Columns);
        Assert.Equal(["below 100 ms", "0"], table.Rows[0]);
        Assert.Equal(["200–500 ms", "7"], table.Rows[2]);
    }
}
