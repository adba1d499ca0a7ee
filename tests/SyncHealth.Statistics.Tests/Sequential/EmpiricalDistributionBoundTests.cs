using SyncHealth.Statistics.Sequential;
using Xunit;

namespace SyncHealth.Statistics.Tests.Sequential;

public sealed class EmpiricalDistributionBoundTests
{
    /// <summary>confseq's reference comes from R's root search, whose tolerance of 10⁻⁴ in the constant is 4·10⁻⁷ here; its own test allows 10⁻⁵.</summary>
    [Fact]
    public void At_ConfseqExample_Matches() => Assert.Equal(0.08204769, EmpiricalDistributionBound.At(1000, 0.05, 100), 4e-7);

    [Fact]
    public void At_BelowTheMinimumSize_SaysNothing() => Assert.Equal(double.PositiveInfinity, EmpiricalDistributionBound.At(99, 0.05, 100));

    [Fact]
    public void At_MoreDataOrLessCare_IsNarrower()
    {
        Assert.True(EmpiricalDistributionBound.At(10_000, 0.05, 100) < EmpiricalDistributionBound.At(1000, 0.05, 100));
        Assert.True(EmpiricalDistributionBound.At(1000, 0.2, 100) < EmpiricalDistributionBound.At(1000, 0.05, 100));
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(0.05, 0)]
    public void At_ImpossibleArguments_Throws(double alpha, double minimum) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => EmpiricalDistributionBound.At(1000, alpha, minimum));
}
