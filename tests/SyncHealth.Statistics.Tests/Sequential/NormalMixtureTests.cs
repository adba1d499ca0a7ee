using SyncHealth.Statistics.Sequential;
using Xunit;

namespace SyncHealth.Statistics.Tests.Sequential;

/// <summary>Reference values of confseq's unit tests, computed there in R.</summary>
public sealed class NormalMixtureTests
{
    private static readonly NormalMixture Mixture = NormalMixture.TightestAt(100, 0.05);

    [Fact]
    public void TightestAt_ConfseqExample_HasItsRho() => Assert.Equal(12.60056, Mixture.Rho, 5);

    [Fact]
    public void LogMartingale_ConfseqExample_Matches() => Assert.Equal(-0.6510052, Mixture.LogMartingale(10, 100), 7);

    [Fact]
    public void Bound_ConfseqExample_Matches() => Assert.Equal(30.35209, Mixture.Bound(100, 0.05), 5);

    [Fact]
    public void Bound_IsWhereTheMartingaleReachesTheThreshold() =>
        Assert.Equal(Math.Log(20), Mixture.LogMartingale(Mixture.Bound(37, 0.05), 37), 1e-12);

    [Theory]
    [InlineData(0, 0.05)]
    [InlineData(100, 0)]
    [InlineData(100, 1)]
    public void TightestAt_ImpossibleArguments_Throws(double variance, double alpha) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalMixture.TightestAt(variance, alpha));
}
