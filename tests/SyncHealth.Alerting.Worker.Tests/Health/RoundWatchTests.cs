using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Alerting.Worker.Channels;
using SyncHealth.Alerting.Worker.Health;
using SyncHealth.Storage.Alerts;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Health;

/// <summary>Alerting says of itself whether it is alive.</summary>
public sealed class RoundWatchTests : IAsyncLifetime
{
    private AlertingStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await AlertingStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Read_BeforeTheFirstRound_IsNothing() => Assert.Null(await HealthAsync());

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1.4, 0)]
    [InlineData(2, 1)]
    [InlineData(10, 9)]
    public async Task Begin_SoManyIntervalsLater_CountsTheMissed(double intervals, long missed)
    {
        Watch.Begin(_stage.Clock.GetUtcNow());
        Watch.Begin(_stage.Clock.GetUtcNow() + (AlertingStage.Interval * intervals));
        await Watch.CompleteAsync(CancellationToken.None);

        Assert.Equal((1, missed), ((await HealthAsync())!.Counts.Rounds, (await HealthAsync())!.Counts.Missed));
    }

    [Fact]
    public async Task Fail_IsAMissedEvaluationAndNoRound()
    {
        Watch.Begin(_stage.Clock.GetUtcNow());
        await Watch.CompleteAsync(CancellationToken.None);
        var first = (await HealthAsync())!.RoundAt;
        _stage.Wall.Advance(TimeSpan.FromMinutes(5));
        Watch.Fail();
        await Watch.CompleteAsync(CancellationToken.None);

        var read = (await HealthAsync())!;
        Assert.Equal((2, 1), (read.Counts.Rounds, read.Counts.Missed));
        Assert.Equal(first + TimeSpan.FromMinutes(5), read.RoundAt);
    }

    [Fact]
    public async Task TwoEvaluators_AreAddedUp()
    {
        await using var other = _stage.StartWorker();
        await Watch.CompleteAsync(CancellationToken.None);
        await other.GetRequiredService<RoundWatch>().CompleteAsync(CancellationToken.None);

        Assert.Equal(2, (await HealthAsync())!.Counts.Rounds);
    }

    [Fact]
    public async Task Beat_OncePerMinuteAndFailuresAreCounted()
    {
        var wall = new ManualTimeProvider(_stage.Wall.GetUtcNow());
        using var vendor = new ScriptedHttpHandler().Answer(System.Net.HttpStatusCode.OK).Answer(System.Net.HttpStatusCode.NotFound);
        using var http = new ChannelHttp(vendor, wall);
        var counters = new AlertingCounters();
        var heartbeat = new Heartbeat(http, counters, new AlertingOptions { HeartbeatUrl = new Secret("https://hc.example.com/ping/1"), DeliveryClock = wall });
        foreach (var seconds in new[] { 0, 59, 1 })
        {
            wall.Advance(TimeSpan.FromSeconds(seconds));
            await heartbeat.BeatAsync(CancellationToken.None);
        }

        Assert.Equal(2, vendor.Requests.Count);
        Assert.Equal(new RoundCounts(0, 0, 0, 1, 1), counters.Take());
        Assert.Equal(default, counters.Take());
    }

    [Fact]
    public void GiveBack_CountsAgainWhatWasNotStored()
    {
        var counters = new AlertingCounters();
        counters.CountRound();
        counters.CountMissed(3);
        counters.GiveBack(counters.Take());

        Assert.Equal(new RoundCounts(1, 3, 0, 0, 0), counters.Take());
    }

    private RoundWatch Watch => _stage.Worker.GetRequiredService<RoundWatch>();

    private Task<AlertHealth?> HealthAsync() => _stage.Worker.GetRequiredService<AlertHealthStore>().ReadAsync(CancellationToken.None);
}
