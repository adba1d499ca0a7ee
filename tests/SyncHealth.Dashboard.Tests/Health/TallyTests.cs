using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Dashboard.Health;

namespace SyncHealth.Dashboard.Tests.Health;

public sealed class TallyTests
{
    private static readonly Gen<Tally> Tallies = from total in Gen.Choose(0, 1000) from bad in Gen.Choose(0, total) select new Tally(bad, total);

    [Fact]
    public void EvidenceWithin_AnyPart_IsNeverNegativeNorNotANumber() => Prop.ForAll(
        (from part in Tallies from rest in Tallies select (part, rest)).ToArbitrary(),
        pair => pair.part.EvidenceWithin(pair.part + pair.rest) is >= 0).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));

    [Fact]
    public void EvidenceWithin_PartBetterThanTheRest_IsNone() => Assert.Equal(0, new Tally(1, 100).EvidenceWithin(new Tally(50, 200)));

    [Fact]
    public void EvidenceWithin_SameRatesMoreAttempts_GrowsWithTheSample() =>
        Assert.True(new Tally(500, 1000).EvidenceWithin(new Tally(600, 10_000)) > 9 * new Tally(50, 100).EvidenceWithin(new Tally(60, 1_000)));

    [Fact]
    public void EvidenceWithin_KnownCase_IsTheLogLikelihoodRatio()
    {
        // 8 of 10 against 2 of 10: 8 ln 0.8 + 2 ln 0.2 + 2 ln 0.2 + 8 ln 0.8 - 20 ln 0.5
        var expected = (16 * Math.Log(0.8)) + (4 * Math.Log(0.2)) - (20 * Math.Log(0.5));

        Assert.Equal(expected, new Tally(8, 10).EvidenceWithin(new Tally(10, 20)), 10);
    }
}
