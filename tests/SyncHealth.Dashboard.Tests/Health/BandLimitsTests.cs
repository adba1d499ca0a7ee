using SyncHealth.Dashboard.Health;

namespace SyncHealth.Dashboard.Tests.Health;

public sealed class BandLimitsTests
{
    [Theory]
    [InlineData(100, Band.Good)]
    [InlineData(95, Band.Good)]
    [InlineData(94.9, Band.NeedsAttention)]
    [InlineData(90, Band.NeedsAttention)]
    [InlineData(89.9, Band.Poor)]
    public void Judge_LessIsWorse_ALimitIsStillOnItsGoodSide(double value, Band expected) => Assert.Equal(expected, new BandLimits(95, 90).Judge(value));

    [Theory]
    [InlineData(0, Band.Good)]
    [InlineData(30_000, Band.Good)]
    [InlineData(30_001, Band.NeedsAttention)]
    [InlineData(60_000, Band.NeedsAttention)]
    [InlineData(60_001, Band.Poor)]
    public void Judge_MoreIsWorse_ALimitIsStillOnItsGoodSide(double value, Band expected) => Assert.Equal(expected, new BandLimits(30_000, 60_000).Judge(value));
}
