using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Tests.Fakes;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Tests.Health;

public sealed class AttributionTests
{
    [Fact]
    public void Find_OnePairFails_NamesThePairAndItsShare()
    {
        var suspect = Attribution.Find(Tallies(Some.Cells(failures: 92)));

        Assert.Equal([new DimensionFilter("app_version", "2.5.0"), new DimensionFilter("network", "cellular")], suspect!.Segment);
        Assert.Equal(0.92, suspect.Share, 2);
        Assert.Equal(new Tally(92, 100), suspect.Tally);
    }

    [Fact]
    public void Find_OneVersionFailsEverywhere_NamesTheVersionAlone()
    {
        var suspect = Attribution.Find(Tallies(
        [
            Some.Cell("2.4.1", "android", "wifi", Some.Point(400, 4)), Some.Cell("2.4.1", "android", "cellular", Some.Point(400, 5)),
            Some.Cell("2.5.0", "android", "wifi", Some.Point(100, 52)), Some.Cell("2.5.0", "android", "cellular", Some.Point(100, 49)),
        ]));

        Assert.Equal([new DimensionFilter("app_version", "2.5.0")], suspect!.Segment);
    }

    [Fact]
    public void Find_EverythingFailsAlike_NamesNothing() =>
        Assert.Null(Attribution.Find(Tallies(
        [
            Some.Cell("2.4.1", "android", "wifi", Some.Point(400, 201)), Some.Cell("2.4.1", "ios", "cellular", Some.Point(400, 198)),
            Some.Cell("2.5.0", "android", "wifi", Some.Point(400, 203)), Some.Cell("2.5.0", "ios", "cellular", Some.Point(400, 199)),
        ])));

    [Fact]
    public void Find_FiveFailuresOfSix_IsTooLittleEvidence() =>
        Assert.Null(Attribution.Find(Tallies([Some.Cell("2.4.1", "android", "wifi", Some.Point(200, 20)), Some.Cell("2.5.0", "ios", "cellular", Some.Point(6, 5))])));

    [Fact]
    public void Find_OneSegmentOnly_HasNothingToCompareWith() =>
        Assert.Null(Attribution.Find(Tallies([Some.Cell("2.5.0", "ios", "cellular", Some.Point(1000, 900))])));

    [Fact]
    public void Find_NoCells_NamesNothing() => Assert.Null(Attribution.Find([]));

    private static IReadOnlyList<(IReadOnlyDictionary<string, string> By, Tally Tally)> Tallies(IReadOnlyList<VitalsGroup> cells) =>
        [.. cells.Select(cell => (cell.By, SignMath.Tally(VitalSign.SuccessRate, cell.Points[0], Some.Bands)))];
}
