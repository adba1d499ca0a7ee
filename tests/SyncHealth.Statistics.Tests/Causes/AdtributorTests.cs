using SyncHealth.Statistics.Causes;
using Xunit;

namespace SyncHealth.Statistics.Tests.Causes;

public sealed class AdtributorTests
{
    /// <summary>Section 2 of the paper: revenue fell from 100 to 50; by data centre, advertiser and device type.</summary>
    private static readonly Dictionary<string, IReadOnlyList<SumElement>> Revenue = new()
    {
        ["data centre"] = [new("X", 94, 47), new("Y", 6, 3)],
        ["advertiser"] = [new("A1", 50, 24), new("A2", 20, 21), new("A3", 20, 4), new("A4", 10, 1)],
        ["device type"] = [new("PC", 50, 49), new("Mobile", 25, 1), new("Tablet", 25, 0)],
    };

    [Fact]
    public void OfSums_RevenueDrop_BlamesMobileAndTablet()
    {
        var best = Adtributor.OfSums(Revenue)[0];

        Assert.Equal("device type", best.Dimension);
        Assert.Equal(["Tablet", "Mobile"], best.Chosen.Select(element => element.Name));
        Assert.Equal(0.98, best.Chosen.Sum(element => element.ExplanatoryPower), 2);
    }

    [Theory]
    [InlineData("data centre", "X", 0.94)]
    [InlineData("data centre", "Y", 0.06)]
    [InlineData("advertiser", "A1", 0.52)]
    [InlineData("advertiser", "A2", -0.02)]
    [InlineData("advertiser", "A3", 0.32)]
    [InlineData("advertiser", "A4", 0.18)]
    [InlineData("device type", "PC", 0.02)]
    [InlineData("device type", "Mobile", 0.48)]
    [InlineData("device type", "Tablet", 0.50)]
    public void OfSums_RevenueDrop_ExplainsAsPublished(string dimension, string element, double power) =>
        Assert.Equal(power, Find(dimension).Elements.Single(one => one.Name == element).ExplanatoryPower, 2);

    [Theory]
    [InlineData("data centre", 0.00000)]
    [InlineData("advertiser", 0.04789)]
    [InlineData("device type", 0.18420)]
    public void OfSums_RevenueDrop_IsAsSurprisingAsPublished(string dimension, double surprise) =>
        Assert.Equal(surprise, Find(dimension).Surprise, 5);

    /// <summary>What Adtributor alone gets wrong: traffic moved to cellular, and it blames cellular for all of it.</summary>
    [Fact]
    public void OfRates_TrafficMovedToCellular_BlamesCellularAlone()
    {
        var finding = Adtributor.OfRates(new Dictionary<string, IReadOnlyList<SegmentCounts>>
        {
            ["network"] = [new("wifi", 1000, 20, 1000, 20), new("cellular", 1000, 100, 2000, 200)],
        })[0];

        Assert.Equal(1, finding.Elements.Single(element => element.Name == "cellular").ExplanatoryPower, 1e-12);
        Assert.Equal(0, finding.Elements.Single(element => element.Name == "wifi").ExplanatoryPower, 1e-12);
    }

    [Fact]
    public void OfRates_AnyDimension_ExplainsTheWholeChange()
    {
        var finding = Adtributor.OfRates(new Dictionary<string, IReadOnlyList<SegmentCounts>>
        {
            ["os"] = [new("android", 500, 30, 400, 50), new("ios", 700, 20, 900, 21), new("windows", 0, 0, 40, 3)],
        })[0];

        Assert.Equal(1, finding.Elements.Sum(element => element.ExplanatoryPower), 1e-12);
    }

    [Fact]
    public void OfSums_NothingChanged_ExplainsNothing()
    {
        var finding = Adtributor.OfSums(new Dictionary<string, IReadOnlyList<SumElement>> { ["os"] = [new("android", 5, 5), new("ios", 0, 0)] })[0];

        Assert.Empty(finding.Chosen);
        Assert.Equal(0, finding.Surprise);
    }

    [Fact]
    public void OfSums_NoDimensions_FindsNothing() => Assert.Empty(Adtributor.OfSums(new Dictionary<string, IReadOnlyList<SumElement>>()));

    private static DimensionFinding Find(string dimension) => Adtributor.OfSums(Revenue).Single(finding => finding.Dimension == dimension);
}
