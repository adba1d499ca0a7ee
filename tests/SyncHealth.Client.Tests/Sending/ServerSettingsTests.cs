using System.Net;
using System.Text.Json;
using SyncHealth.Client.Sending;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Tests.Sending;

/// <summary>What the server asks of its devices with a receipt, and what the SDK makes of it.</summary>
public sealed class ServerSettingsTests
{
    [Theory]
    [InlineData("{}", 1, 0, 0)]
    [InlineData("""{"settings":{}}""", 1, 0, 0)]
    [InlineData("""{"settings":{"sample":0.25,"intervalSeconds":300,"pauseSeconds":60}}""", 0.25, 300, 60)]
    [InlineData("""{"settings":{"sample":7,"intervalSeconds":9e9,"pauseSeconds":1e300}}""", 1, 86_400, 86_400)]
    [InlineData("""{"settings":{"sample":-1,"intervalSeconds":-5,"pauseSeconds":"soon"}}""", 1, 0, 0)]
    [InlineData("""{"settings":[0.25]}""", 1, 0, 0)]
    [InlineData("""{"settings":null}""", 1, 0, 0)]
    public void Read_Receipt_IsWhatMakesSense(string receipt, double sample, int interval, int pause)
    {
        using var document = JsonDocument.Parse(receipt);

        Assert.Equal(new ServerSettings(sample, TimeSpan.FromSeconds(interval), TimeSpan.FromSeconds(pause)), ServerSettings.Read(document.RootElement));
    }

    [Fact]
    public void Includes_ManyInstalls_IsTheShareAndGrowsWithIt()
    {
        var random = new Random(3);
        var installs = Enumerable.Range(0, 20_000).Select(_ => Id(random)).ToList();
        var (few, more) = (Share(0.1), Share(0.4));

        var inFew = installs.Where(few.Includes).ToHashSet();
        var inMore = installs.Where(more.Includes).ToHashSet();

        Assert.InRange(inFew.Count, 1_800, 2_200);
        Assert.InRange(inMore.Count, 7_700, 8_300);
        Assert.Subset(inMore, inFew);
        Assert.True(installs.TrueForAll(Share(1).Includes));
        Assert.DoesNotContain(installs, Share(0).Includes);
    }

    [Fact]
    public async Task Sample_InstallIsOut_RecordsNothingForADayAndThenAsksAgain()
    {
        using var ingest = Ingest("""{"accepted":1,"settings":{"sample":0}}""");
        var time = Some.Clock();
        await using var telemetry = SyncTelemetry.Create(Some.Options(ingest, time: time));
        telemetry.StartSync(SyncType.Delta).Succeed();
        Assert.True(await telemetry.FlushAsync());
        Assert.True(telemetry.Status.IsSampledOut);

        telemetry.StartSync(SyncType.Delta).Succeed();
        telemetry.Opened(1, null);
        Assert.True(await telemetry.FlushAsync());
        Assert.Equal((1, 1, 0), (telemetry.Status.Issued, telemetry.Status.Sent, telemetry.Status.Dropped.Count));
        time.Advance(ServerSettings.HoldsFor);
        Assert.False(telemetry.Status.IsSampledOut);
        ingest.Respond = _ => null;
        telemetry.StartSync(SyncType.Delta).Succeed();

        Assert.True(await telemetry.FlushAsync());
        Assert.Equal((2, 2), (telemetry.Status.Issued, telemetry.Status.Sent));
        Assert.False(telemetry.Status.IsSampledOut);
    }

    [Fact]
    public async Task Pause_Asked_IsKeptByAFlushToo()
    {
        using var ingest = Ingest("""{"accepted":1,"settings":{"pauseSeconds":600}}""");
        var time = Some.Clock();
        await using var telemetry = SyncTelemetry.Create(Some.Options(ingest, time: time));
        telemetry.StartSync(SyncType.Delta).Succeed();
        Assert.True(await telemetry.FlushAsync());
        telemetry.StartSync(SyncType.Delta).Succeed();

        Assert.False(await telemetry.FlushAsync());
        time.Advance(TimeSpan.FromSeconds(600) - TimeSpan.FromMilliseconds(1));
        Assert.False(await telemetry.FlushAsync());
        Assert.Single(ingest.Batches);
        time.Advance(TimeSpan.FromMilliseconds(1) + RetrySchedule.Base);

        Assert.True(await telemetry.FlushAsync());
        Assert.Equal(2, telemetry.Status.Sent);
    }

    [Fact]
    public void Interval_Asked_SlowsDownForADayAndNeverHurries()
    {
        var pace = new SendPace(new RetrySchedule(new Random(1)), new ReplayPace(100, TimeSpan.FromSeconds(1)), 100, TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(15));

        pace.Obey(TimeSpan.Zero, new ServerSettings(1, TimeSpan.FromMinutes(5), TimeSpan.Zero));
        Assert.Equal(TimeSpan.FromMinutes(5), pace.UntilNext(TimeSpan.Zero, 1));
        pace.Obey(TimeSpan.Zero, new ServerSettings(1, TimeSpan.FromSeconds(1), TimeSpan.Zero));
        Assert.Equal(TimeSpan.FromSeconds(15), pace.UntilNext(TimeSpan.Zero, 1));
        pace.Obey(TimeSpan.Zero, new ServerSettings(1, TimeSpan.FromMinutes(5), TimeSpan.Zero));
        Assert.Equal(TimeSpan.Zero, pace.UntilNext(TimeSpan.Zero, 100));
        Assert.Null(pace.UntilNext(ServerSettings.HoldsFor, 0));

        Assert.Equal(TimeSpan.FromSeconds(15), pace.UntilNext(ServerSettings.HoldsFor, 1));
    }

    private static ServerSettings Share(double sample) => new(sample, TimeSpan.Zero, TimeSpan.Zero);

    private static FakeIngest Ingest(string receipt) => new() { Respond = _ => FakeIngest.Json(HttpStatusCode.OK, receipt) };

    private static string Id(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }
}
