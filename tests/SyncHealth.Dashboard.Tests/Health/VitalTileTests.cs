using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Tests.Fakes;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Tests.Health;

public sealed class VitalTileTests
{
    [Fact]
    public void All_FiveSigns_InTheOrderOfThePage() =>
        Assert.Equal(Enum.GetValues<VitalSign>(), VitalTile.All(Some.Point(), null, [], Some.Bands).Select(tile => tile.Sign));

    [Fact]
    public void All_Values_HaveTheirUnits() =>
        Assert.Equal(["99 %", "9.1 s", "1.9", "14 items", "1 h 30 min"], Tiles(Some.Point(), null).Select(tile => Plain(tile.Value!)));

    [Theory]
    [InlineData(50, 10, Trend.Worse, "−4 pts", false)]
    [InlineData(10, 50, Trend.Better, "+4 pts", true)]
    [InlineData(10, 10, Trend.Same, "unchanged", false)]
    public void Change_SuccessRate_IsInPoints(long now, long before, Trend trend, string text, bool rose)
    {
        var change = Tiles(Some.Point(1000, now), Some.Point(1000, before))[0].Change;

        Assert.Equal(new TileChange(trend, text, rose), change with { Text = Plain(change.Text) });
    }

    [Theory]
    [InlineData(9100, 4550, "+100 %")]
    [InlineData(9100, 1000, "×9.1")]
    [InlineData(500, 1000, "−50 %")]
    public void Change_Duration_IsARatio(double now, double before, string text)
    {
        var change = Tiles(WithP99(now), WithP99(before))[1].Change;

        Assert.Equal(text, Plain(change.Text));
    }

    [Fact]
    public void Change_QueueGrew_IsWorseThoughTheNumberRose()
    {
        var change = Tiles(Some.Point() with { QueueDepth = new QueueDepth(100, 5, 40, 0, 60) }, Some.Point())[3].Change;

        Assert.Equal(new TileChange(Trend.Worse, "+26 items", true), change with { Text = Plain(change.Text) });
    }

    [Fact]
    public void Change_NoEarlierData_SaysSo() => Assert.Equal("no earlier data", Tiles(Some.Point(), null)[0].Change.Text);

    [Fact]
    public void Details_Queue_PutTheOldestPendingWriteFirst() =>
        Assert.Equal("oldest pending write 10 min", Plain(Tiles(Some.Point(), null)[3].Details[0]));

    [Fact]
    public void Details_NothingMeasured_AreEmptyAndTheValueIsNone()
    {
        var tile = Tiles(Some.Point(0, 0), null)[0];

        Assert.Null(tile.Value);
        Assert.Empty(tile.Details);
        Assert.Equal(Band.NoData, tile.Band);
    }

    [Fact]
    public void Band_NineteenAttempts_IsTooFew() => Assert.Equal(Band.TooFew, Tiles(Some.Point(19, 19), null)[0].Band);

    [Fact]
    public void Sample_RatesHaveAttempts_StatesHaveDevices()
    {
        var tiles = Tiles(Some.Point(), null);

        Assert.Equal("1,000 attempts · 100 devices", Plain(tiles[0].Sample));
        Assert.Equal("100 active devices", Plain(tiles[4].Sample));
    }

    private static IReadOnlyList<VitalTile> Tiles(VitalsPoint total, VitalsPoint? previous) => VitalTile.All(total, previous, [], Some.Bands);

    private static VitalsPoint WithP99(double milliseconds) => Some.Point() with { DurationMs = new DurationPercentiles(1, 2, milliseconds) };

    private static string Plain(string text) => text.Replace('\u00A0', ' ');
}
