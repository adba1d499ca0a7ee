using SyncHealth.Statistics.Strata;
using Xunit;

namespace SyncHealth.Statistics.Tests.Strata;

public sealed class MantelHaenszelTests
{
    /// <summary>UCBAdmissions of R, departments A to F: male admitted and rejected, female admitted and rejected.</summary>
    private static readonly TwoByTwo[] Admissions =
    [
        new(512, 313, 89, 19), new(353, 207, 17, 8), new(120, 205, 202, 391),
        new(138, 279, 131, 244), new(53, 138, 94, 299), new(22, 351, 24, 317),
    ];

    [Theory]
    [InlineData(true, 1.4269, 0.2323)]
    [InlineData(false, 1.5246, 0.2169)]
    public void Test_UcbAdmissions_MatchesR(bool isCorrected, double statistic, double p)
    {
        var result = MantelHaenszel.Test(Admissions, isCorrected);

        Assert.Equal(statistic, result.Statistic, 4);
        Assert.Equal(p, result.P, 4);
    }

    [Fact]
    public void OddsRatio_UcbAdmissions_MatchesRAndFlipsTheCrudeSign()
    {
        var interval = MantelHaenszel.OddsRatioInterval(Admissions);

        Assert.Equal(0.90470, MantelHaenszel.OddsRatio(Admissions), 5);
        Assert.Equal(0.77191, interval.Low, 5);
        Assert.Equal(1.06033, interval.High, 5);
        Assert.Equal(1.84108, Admissions.Aggregate(TwoByTwo.Add).OddsRatio, 5);
    }

    [Fact]
    public void RiskDifference_UcbAdmissions_Matches() => Assert.Equal(-0.018425, MantelHaenszel.RiskDifference(Admissions), 6);

    [Fact]
    public void Woolf_UcbAdmissions_MatchesR()
    {
        var result = MantelHaenszel.Woolf(Admissions);

        Assert.Equal(17.644, result.Statistic, 3);
        Assert.Equal(5, result.DegreesOfFreedom);
        Assert.Equal(0.0034, result.P, 4);
    }

    /// <summary>Candidate and baseline, wifi and cellular: the crude rates are 91.6 % and 97.2 %, inside each network nothing differs.</summary>
    [Fact]
    public void Test_OnlyTheMixDiffers_FindsNothing()
    {
        TwoByTwo[] tables = [new(196, 4, 8820, 180), new(720, 80, 900, 100)];

        Assert.Equal(0, MantelHaenszel.RiskDifference(tables));
        Assert.Equal(1, MantelHaenszel.Test(tables).P);
        var crude = tables.Aggregate(TwoByTwo.Add);
        Assert.Equal(0.916, (double)crude.Events1 / (crude.Events1 + crude.Others1), 3);
        Assert.Equal(0.972, (double)crude.Events2 / (crude.Events2 + crude.Others2), 3);
    }

    [Fact]
    public void Test_CandidateWorseInBothNetworks_FindsItWhenLookedAtOnce()
    {
        TwoByTwo[] tables = [new(192, 8, 8820, 180), new(688, 112, 900, 100)];

        var result = MantelHaenszel.Test(tables, isCorrected: false);

        Assert.Equal(9.387, result.Statistic, 3);
        Assert.Equal(0.0022, result.P, 4);
        Assert.Equal(-0.03389, MantelHaenszel.RiskDifference(tables), 5);
    }

    public static TheoryData<TwoByTwo[]> Undecidable => new(
        [],
        [default],
        [new TwoByTwo(1, 0, 0, 0)],
        [new TwoByTwo(5, 0, 7, 0)],
        [new TwoByTwo(0, 5, 0, 7)],
        [new TwoByTwo(5, 5, 0, 0)]);

    [Theory]
    [MemberData(nameof(Undecidable))]
    public void Test_NothingToCompare_SaysSo(TwoByTwo[] tables)
    {
        Assert.Equal(new ChiSquareResult(0, 1, 1), MantelHaenszel.Test(tables));
        Assert.Equal(0, MantelHaenszel.RiskDifference(tables));
    }

    [Fact]
    public void Woolf_SingleStratum_CannotDiffer() => Assert.Equal(1, MantelHaenszel.Woolf([Admissions[0]]).P);

    [Fact]
    public void OddsRatio_SingleStratum_IsTheTablesOwn() =>
        Assert.Equal(Admissions[0].OddsRatio, MantelHaenszel.OddsRatio([Admissions[0]]), 1e-12);

    [Fact]
    public void Test_CountsInTheBillions_DoNotOverflow() =>
        Assert.InRange(MantelHaenszel.Test([new(4_000_000_000, 4_000_000_000, 4_000_000_000, 4_000_100_000)]).P, 0, 1);
}
