using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Intake;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Intake;

namespace SyncHealth.Dashboard.Tests.Intake;

public sealed class IntakeFiguresTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 15, 0, 0, TimeSpan.Zero);

    private static readonly ArrivalCount[] Arrivals = [new(Now.AddMinutes(-2), 0, 90), new(Now.AddMinutes(-2), 2, 5), new(Now.AddMinutes(-1), 3, 4), new(Now.AddMinutes(-1), 6, 1)];

    [Fact]
    public void Rate_Arrivals_ArePerMinuteOfTheRange()
    {
        var figure = IntakeFigures.Rate(Arrivals, TimeSpan.FromMinutes(40), Now.AddMinutes(-1), Now);

        Assert.Equal(("2.5 per min", "100 attempts arrived, the last 1 min ago", Band.Good), (figure.Value, Plain(figure.Note), figure.Band));
        Assert.Equal(Band.NeedsAttention, IntakeFigures.Rate([], TimeSpan.FromHours(1), null, Now).Band);
    }

    [Fact]
    public void Late_IsAnHourOrMore() => Assert.Equal("5 %", Plain(IntakeFigures.Late(Arrivals).Value));

    [Theory]
    [InlineData(null, Band.NoData)]
    [InlineData(0.95, Band.Good)]
    [InlineData(0.94, Band.NeedsAttention)]
    [InlineData(0.79, Band.Poor)]
    public void Completeness_HasBands(double? share, Band band) => Assert.Equal(band, IntakeFigures.Completeness(share).Band);

    [Theory]
    [InlineData(1000, 9, Band.Good)]
    [InlineData(1000, 10, Band.NeedsAttention)]
    [InlineData(1000, 50, Band.Poor)]
    [InlineData(0, 0, Band.NoData)]
    public void Lost_GoesByTheShareOfNumbers(long issued, long missing, Band band) =>
        Assert.Equal(band, IntakeFigures.Lost(new TelemetryGaps { Issued = issued, Received = issued - missing, Missing = missing, Devices = 40, DevicesWithGaps = 3 }).Band);

    [Theory]
    [InlineData(null, "up to date", Band.Good)]
    [InlineData(70, "up to date", Band.Good)]
    [InlineData(100, "40 s behind", Band.NeedsAttention)]
    [InlineData(600, "9 min behind", Band.Poor)]
    public void Fold_TheMinuteOfArrival_IsNoLag(int? secondsAgo, string value, Band band)
    {
        var figure = IntakeFigures.Fold(new IntakeFacts { OldestUnfoldedAt = secondsAgo is { } seconds ? Now.AddSeconds(-seconds).UtcDateTime : null }, Now);

        Assert.Equal((value, band), (Plain(figure.Value), figure.Band));
    }

    [Fact]
    public void Clocks_AFewAreNoNews()
    {
        Assert.Equal(Band.Good, IntakeFigures.Clocks(new IntakeFacts { Devices = 1000, ClocksOff = 19 }).Band);
        Assert.Equal(Band.NeedsAttention, IntakeFigures.Clocks(new IntakeFacts { Devices = 1000, ClocksOff = 20 }).Band);
        Assert.Equal(Band.Good, IntakeFigures.Clocks(new IntakeFacts()).Band);
    }

    [Fact]
    public void Trust_GoesByTheWorst()
    {
        var fine = IntakeFigures.Quarantine([new IntakeLoss("dropped", "queue_full", 4, Now)]);
        var lost = IntakeFigures.Lost(new TelemetryGaps { Issued = 100, Missing = 9 });
        var kept = IntakeFigures.Quarantine([new IntakeLoss("quarantined", "timestamp_out_of_range", 4, Now)]);

        Assert.Equal(Band.Good, TrustAnswer.Of([fine]).Band);
        Assert.Equal("The picture is whole, but look at: quarantined.", TrustAnswer.Of([fine, kept]).Sentence);
        Assert.Equal("Read the other pages with care: reports lost.", TrustAnswer.Of([fine, kept, lost]).Sentence);
    }

    [Fact]
    public void Chart_Arrivals_AddUpByLateness()
    {
        var chart = ArrivalChart.Build(Arrivals, TimeRange.QuarterHour, Now);

        Assert.Equal(15, chart.Spec.Times.Count);
        Assert.Equal([("within 15 min", 90.0), ("15 min to 6 h late", 9.0), ("later", 1.0)], chart.Spec.Series.Select(series => (series.Name, series.Values.Sum()!.Value)));
        Assert.True(ArrivalChart.Build([], TimeRange.Week, Now).Spec.IsEmpty);
    }

    private static string Plain(string text) => text.Replace('\u00A0', ' ');
}
