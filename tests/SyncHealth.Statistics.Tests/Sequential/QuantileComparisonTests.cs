using SyncHealth.Statistics.Sequential;
using Xunit;

namespace SyncHealth.Statistics.Tests.Sequential;

public sealed class QuantileComparisonTests
{
    /// <summary>confseq's unit tests of <c>QuantileABTest</c>: 1 to 1000 against the same shifted, planned for 100.</summary>
    [Theory]
    [InlineData(0.5, 70, 0.814704)]
    [InlineData(0.5, 85, 0.0838055)]
    [InlineData(0.5, 100, 0.0054947)]
    [InlineData(0.9, 55, 0.0340463)]
    public void P_ConfseqExample_Matches(double quantile, int offset, double expected) =>
        Assert.Equal(expected, QuantileComparison.P(Values(1), Values(1 + offset), quantile, 100), 1e-5);

    [Fact]
    public void P_Swapped_IsTheSame() =>
        Assert.Equal(QuantileComparison.P(Values(1), Values(86), 0.5, 100), QuantileComparison.P(Values(86), Values(1), 0.5, 100), 1e-12);

    [Fact]
    public void P_AnEmptyOrEqualSample_SaysNothing()
    {
        Assert.Equal(1, QuantileComparison.P([], Values(1), 0.5, 100));
        Assert.Equal(1, QuantileComparison.P(Values(1), Values(1), 0.5, 100));
        Assert.Equal(1, QuantileComparison.P([7, 7, 7], [7, 7], 0.5, 100));
    }

    [Fact]
    public void P_QuantileOutsideTheUnitInterval_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => QuantileComparison.P([1], [2], 1, 100));

    private static IEnumerable<double> Values(int from) => Enumerable.Range(from, 1000).Select(value => (double)value);
}
