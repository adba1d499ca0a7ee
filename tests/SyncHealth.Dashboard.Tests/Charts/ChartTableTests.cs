using SyncHealth.Dashboard.Charts;

namespace SyncHealth.Dashboard.Tests.Charts;

public sealed class ChartTableTests
{
    [Fact]
    public void Of_ChartOverTime_IsNewestFirstAndMarksWhatStillFills()
    {
        var spec = new ChartSpec
        {
            Kind = ChartKind.Line,
            Unit = ChartUnit.Milliseconds,
            Times = [0, 3_600_000],
            IncompleteFrom = 1,
            Series = [new("p99", "rank-3", 0, [9100, null]), new("p50", "rank-1", 0, [420, 430])],
        };

        var table = ChartTable.Of(spec);

        Assert.Equal(["Time", "p99", "p50"], table.Columns);
        Assert.Equal((null, DateTimeOffset.UnixEpoch.AddHours(1), true), (table.Rows[0].Label, table.Rows[0].At, table.Rows[0].StillArriving));
        Assert.Equal(["–", "430\u00A0ms"], table.Rows[0].Cells);
        Assert.Equal((DateTimeOffset.UnixEpoch, false), (table.Rows[1].At, table.Rows[1].StillArriving));
        Assert.Equal(["9.1\u00A0s", "420\u00A0ms"], table.Rows[1].Cells);
    }

    [Fact]
    public void Of_ChartOverCategories_KeepsTheirOrder()
    {
        var table = ChartTable.Of(Histogram.Durations([new(200, 300, 7)]).Spec);

        Assert.Equal(["Range", "Attempts"], table.Columns);
        Assert.Equal(("below 100 ms", null, "0"), (table.Rows[0].Label, table.Rows[0].At, table.Rows[0].Cells.Single()));
        Assert.Equal(("200–500 ms", "7"), (table.Rows[2].Label, table.Rows[2].Cells.Single()));
    }
}
