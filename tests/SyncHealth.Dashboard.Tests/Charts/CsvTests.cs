using SyncHealth.Dashboard.Charts;

namespace SyncHealth.Dashboard.Tests.Charts;

public sealed class CsvTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_ChartOverTime_IsOldestFirstInUtcUnroundedAndSaysWhatStillFills()
    {
        var spec = new ChartSpec
        {
            Kind = ChartKind.Line,
            Unit = ChartUnit.Percent,
            Series = [new("2.4.1", "series-1", 0, [97.333333333333329, null]), new("2.5.0, beta", "series-2", 0, [0, 1e-7])],
            Times = [At.ToUnixTimeMilliseconds(), At.AddMinutes(5).ToUnixTimeMilliseconds()],
            IncompleteFrom = 1,
        };

        Assert.Equal("time,2.4.1,\"2.5.0, beta\",still arriving\r\n2026-03-04T12:00:00Z,97.33333333333333,0,false\r\n2026-03-04T12:05:00Z,,1E-07,true\r\n", Csv.Of(spec));
    }

    [Fact]
    public void Of_ChartOverCategories_HasTheirNames() => Assert.Equal(
        "range,Attempts\r\nbelow 100 ms,3\r\n",
        Csv.Of(new ChartSpec { Kind = ChartKind.Columns, Unit = ChartUnit.Attempts, Series = [new("Attempts", "series-1", 0, [3])], Categories = ["below 100 ms"] }));

    [Theory]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("@x", "'@x")]
    [InlineData("+1+2", "'+1+2")]
    [InlineData("-1.5", "-1.5")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    public void Of_CellThatASpreadsheetWouldRunOrBreakAt_IsText(string cell, string written) => Assert.Equal(written + "\r\n", Csv.Of([[cell]]));
}
