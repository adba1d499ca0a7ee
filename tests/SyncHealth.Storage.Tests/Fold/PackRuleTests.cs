using SyncHealth.Storage.Fold;
using Xunit;

namespace SyncHealth.Storage.Tests.Fold;

public sealed class PackRuleTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    [InlineData(120, 30)]
    public void RoundOf_SomeDue_TakesAQuarterOfThemMostRowsFirst(int due, int taken) =>
        Assert.Equal(Enumerable.Range(1, taken), PackRule.Default.RoundOf(Enumerable.Range(1, due)));
}
