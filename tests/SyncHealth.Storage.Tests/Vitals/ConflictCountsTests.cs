using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

public sealed class ConflictCountsTests
{
    private readonly ConflictCounts _counts = new(3, 0, 0, 0, 5, 0, 1);

    [Fact]
    public void Enumerate_NamesStrategiesThatHadOne()
    {
        Assert.Equal([new("lww", 3), new("manual", 5), new KeyValuePair<string, long>("unknown", 1)], _counts);
        Assert.Equal((3, 9), (_counts.Count, _counts.Values.Sum()));
        Assert.Equal(["lww", "manual", "unknown"], _counts.Keys);
        Assert.Empty(ConflictCounts.None);
    }

    [Theory]
    [InlineData("manual", 5L)]
    [InlineData("crdt", null)]
    [InlineData("nonsense", null)]
    public void TryGetValue_OfAStrategyThatHadNone_IsFalse(string strategy, long? expected)
    {
        Assert.Equal(expected is not null, _counts.TryGetValue(strategy, out var count));
        Assert.Equal(expected is not null, _counts.ContainsKey(strategy));
        Assert.Equal(expected ?? 0, count);
        if (expected is null)
            Assert.Throws<KeyNotFoundException>(() => _counts[strategy]);
        else
            Assert.Equal(expected, _counts[strategy]);
    }
}
