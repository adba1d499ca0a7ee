using SyncHealth.Ingest.Limits;
using SyncHealth.Ingest.Tests.Support;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Ingest.Tests.Limits;

public sealed class KeyBudgetTests
{
    private readonly ManualTimeProvider _clock = new(IngestServer.Start);

    [Fact]
    public void Take_BurstSpent_WaitsAsLongAsItSays()
    {
        var budget = new KeyBudget(100, _clock);

        Assert.Null(budget.Take("a", 1_000));
        var wait = budget.Take("a", 50);
        Assert.Equal(TimeSpan.FromSeconds(0.5), wait);
        Assert.Null(budget.Take("b", 50));
        _clock.Advance(wait!.Value);
        Assert.Null(budget.Take("a", 50));
        Assert.NotNull(budget.Take("a", 1));
    }

    [Fact]
    public void Take_BatchLargerThanABurst_PassesWhenTheBucketIsFull()
    {
        var budget = new KeyBudget(10, _clock);

        Assert.Null(budget.Take("a", 10_000));
        Assert.Equal(TimeSpan.FromSeconds(990.1), budget.Take("a", 1));
    }

    [Fact]
    public void Take_NoLimit_NeverWaits() => Assert.Null(new KeyBudget(null, _clock).Take("a", int.MaxValue));

    [Fact]
    public async Task Post_BudgetSpent_Is429WithRetryAfter()
    {
        await using var server = await IngestServer.StartAsync(new CollectingWriter(), options => options.EventsPerSecondPerKey = 1);
        var body = $$"""{"events":[{{string.Join(',', Enumerable.Repeat(Taking.EventJson(), 10))}}]}""";

        using var first = await server.PostAsync(body);
        using var second = await server.PostAsync(body);

        Assert.Equal(200, (int)first.StatusCode);
        Assert.Equal(429, (int)second.StatusCode);
        Assert.InRange(second.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));
    }
}
