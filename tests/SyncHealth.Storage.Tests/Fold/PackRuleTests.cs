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

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "1")]
    [InlineData(4, "1 1 1 1")]
    [InlineData(5, "2 2 1")]
    [InlineData(120, "30 30 30 30")]
    public void PartsOf_SomeDue_AreAllOfThemInFourPartsAtMost(int due, string parts)
    {
        var all = PackRule.Default.PartsOf(Enumerable.Range(1, due)).ToList();
        Assert.Equal(parts, string.Join(' ', all.Select(part => part.Length)));
        Assert.Equal(Enumerable.Range(1, due), all.SelectMany(part => part));
    }
}
