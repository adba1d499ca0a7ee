using SyncHealth.Statistics.Causes;
using Xunit;

namespace SyncHealth.Statistics.Tests.Causes;

public sealed class CauseFinderTests
{
    [Fact]
    public void Explain_TrafficMovedToCellular_SaysTheMixMovedAndBlamesNobody()
    {
        var explanation = CauseFinder.Explain(Input(
            Single("network", "wifi", 100_000, 2000, 100_000, 2000),
            Single("network", "cellular", 100_000, 10_000, 200_000, 20_000)));

        var cause = Assert.Single(explanation.Causes);
        Assert.Equal((CauseKind.MixMoved, "network cellular"), (cause.Kind, cause.Segment.Name));
        Assert.Equal(1, cause.Explained, 1e-9);
        Assert.Equal(0.013333, explanation.Change, 6);
        Assert.Equal(0, explanation.Split.Rate, 1e-12);
    }

    [Fact]
    public void Explain_CellularGotWorse_SaysSo()
    {
        var explanation = CauseFinder.Explain(Input(
            Single("network", "wifi", 100_000, 2000, 100_000, 2000),
            Single("network", "cellular", 100_000, 10_000, 100_000, 14_000),
            Single("os", "android", 120_000, 7200, 120_000, 9600),
            Single("os", "ios", 80_000, 4800, 80_000, 6400)));

        var cause = Assert.Single(explanation.Causes);
        Assert.Equal((CauseKind.GotWorse, "network cellular"), (cause.Kind, cause.Segment.Name));
        Assert.Equal(1, cause.Explained, 1e-9);
        Assert.Equal("network", explanation.Dimensions[0].Dimension);
    }

    /// <summary>Everybody twice as bad: no dimension explains it.</summary>
    [Fact]
    public void Explain_WorseEverywhere_NamesNothing() =>
        Assert.Empty(CauseFinder.Explain(Input(
            Single("network", "wifi", 100_000, 4000, 100_000, 8000),
            Single("network", "cellular", 100_000, 4000, 100_000, 8000))).Causes);

    [Fact]
    public void Explain_TwoSegmentsOfOneDimension_NamesBothByCertainty()
    {
        var explanation = CauseFinder.Explain(Input(
            Single("version", "1", 200_000, 4000, 200_000, 4000),
            Single("version", "2", 100_000, 2000, 100_000, 12_000),
            Single("version", "3", 50_000, 1000, 50_000, 4000)));

        Assert.Equal(["version 2", "version 3"], explanation.Causes.Select(cause => cause.Segment.Name));
        Assert.Equal(1, explanation.Causes.Sum(cause => cause.Explained), 1e-9);
    }

    [Fact]
    public void Explain_OnePartOfTwoDimensions_NamesThePartAndNotTheWhole()
    {
        var explanation = CauseFinder.Explain(Input(
            Single("os", "android", 100_000, 5000, 100_000, 9000),
            Single("os", "ios", 100_000, 5000, 100_000, 5000),
            Single("network", "wifi", 100_000, 5000, 100_000, 5000),
            Single("network", "cellular", 100_000, 5000, 100_000, 9000),
            Pair("android", "cellular", 50_000, 2500, 50_000, 6500),
            Pair("android", "wifi", 50_000, 2500, 50_000, 2500),
            Pair("ios", "cellular", 50_000, 2500, 50_000, 2500),
            Pair("ios", "wifi", 50_000, 2500, 50_000, 2500)));

        Assert.Equal("os android, network cellular", Assert.Single(explanation.Causes).Segment.Name);
    }

    [Fact]
    public void Explain_ErrorCodes_NamesTheOneThatGrew()
    {
        var input = Input(Single("os", "android", 100_000, 5000, 100_000, 8000), Single("os", "ios", 100_000, 5000, 100_000, 8000)) with
        {
            ErrorCodes = [new("http_503", 2000, 8100), new("timeout", 7000, 6900), new("offline", 1000, 1000)],
        };

        var code = Assert.Single(CauseFinder.Explain(input).ErrorCodes);

        Assert.Equal("http_503", code.Code.Code);
        Assert.Equal(6100.0 / 6000, code.Explained, 1e-9);
    }

    [Fact]
    public void Explain_SmallSegmentOfFewDevices_IsNotBlamed()
    {
        CauseElement[] elements =
        [
            Single("version", "1", 100_000, 2000, 100_000, 2000),
            new([new("version", "2")], new CauseCounts(5000, 100, 20), new CauseCounts(5000, 4000, 20)),
        ];

        Assert.Empty(CauseFinder.Explain(Input(elements)).Causes);
    }

    /// <summary>The same counts from devices in retry loops are worth a twentieth.</summary>
    [Fact]
    public void Explain_AttemptsOfRetryLoops_NeedMoreToBlame()
    {
        var input = Input(Single("os", "android", 10_000, 500, 10_000, 700), Single("os", "ios", 10_000, 500, 10_000, 500));

        Assert.Single(CauseFinder.Explain(input).Causes);
        Assert.Empty(CauseFinder.Explain(input with { DesignEffect = 20 }).Causes);
    }

    [Fact]
    public void Explain_NoDrop_ExplainsNothing()
    {
        var better = CauseFinder.Explain(Input(Single("os", "android", 10_000, 900, 10_000, 100), Single("os", "ios", 10_000, 500, 10_000, 500)));

        Assert.Empty(better.Causes);
        Assert.True(better.Change < 0);
    }

    [Fact]
    public void Explain_NoDataOrOneElement_ExplainsNothing()
    {
        Assert.Empty(CauseFinder.Explain(Input()).Causes);
        Assert.Empty(CauseFinder.Explain(Input(Single("os", "android", 0, 0, 1000, 900))).Causes);
        Assert.Empty(CauseFinder.Explain(Input(Single("os", "android", 10_000, 100, 10_000, 900))).Causes);
    }

    [Fact]
    public void Explain_DesignEffectBelowOne_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CauseFinder.Explain(Input() with { DesignEffect = 0.5 }));

    private static CauseInput Input(params CauseElement[] elements)
    {
        var first = elements.Where(element => element.Where.Count == 1 && element.Where[0].Dimension == elements[0].Where[0].Dimension).ToArray();
        return new CauseInput
        {
            Before = Sum(first.Select(element => element.Before)),
            Now = Sum(first.Select(element => element.Now)),
            Elements = elements,
        };
    }

    private static CauseCounts Sum(IEnumerable<CauseCounts> counts) =>
        counts.Aggregate(default(CauseCounts), (sum, next) => new CauseCounts(sum.Attempts + next.Attempts, sum.Failures + next.Failures, sum.Devices + next.Devices));

    /// <summary>Ten attempts a device.</summary>
    private static CauseElement Single(string dimension, string value, long before, long failuresBefore, long now, long failuresNow) =>
        new([new(dimension, value)], new CauseCounts(before, failuresBefore, before / 10), new CauseCounts(now, failuresNow, now / 10));

    private static CauseElement Pair(string os, string network, long before, long failuresBefore, long now, long failuresNow) =>
        new([new("os", os), new("network", network)], new CauseCounts(before, failuresBefore, before / 10), new CauseCounts(now, failuresNow, now / 10));
}
