using SyncHealth.Ingest.Limits;
using SyncHealth.Ingest.Tests.Support;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Ingest.Tests.Limits;

public sealed class TokenBucketTests
{
    private readonly ManualTimeProvider _clock = new(IngestServer.Start);

    [Fact]
    public void Take_BurstSpent_WaitsAsLongAsItSays()
    {
        var bucket = new TokenBucket(_clock);

        Assert.Null(bucket.Take(1_000, rate: 100));
        var wait = bucket.Take(50, rate: 100);
        Assert.Equal(TimeSpan.FromSeconds(0.5), wait);
        _clock.Advance(wait!.Value);
        Assert.Null(bucket.Take(50, rate: 100));
        Assert.NotNull(bucket.Take(1, rate: 100));
    }

    [Fact]
    public void Take_BatchLargerThanABurst_PassesWhenTheBucketIsFull()
    {
        var bucket = new TokenBucket(_clock);

        Assert.Null(bucket.Take(10_000, rate: 10));
        Assert.Equal(TimeSpan.FromSeconds(990.1), bucket.Take(1, rate: 10));
    }

    [Fact]
    public void Take_LimitSharedWithOneMoreProcess_HalvesRateAndBurst()
    {
        var bucket = new TokenBucket(_clock);

        Assert.Null(bucket.Take(500, rate: 100));
        Assert.Equal(TimeSpan.FromSeconds(1), bucket.Take(50, rate: 50));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(bucket.Take(50, rate: 50));
        Assert.Equal(TimeSpan.FromSeconds(0.02), bucket.Ask(rate: 50));
    }

    [Fact]
    public void Ask_TakesNothing_AndReturnGivesBack()
    {
        var bucket = new TokenBucket(_clock);
        Assert.Null(bucket.Ask(rate: 1));
        Assert.Null(bucket.Take(10, rate: 1));
        Assert.NotNull(bucket.Ask(rate: 1));

        bucket.Return(10);

        Assert.Null(bucket.Take(10, rate: 1));
    }
}
