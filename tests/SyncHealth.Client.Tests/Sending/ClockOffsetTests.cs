using System.Net;
using System.Text.Json;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;
using SyncHealth.Testing;

namespace SyncHealth.Client.Tests.Sending;

/// <summary>What the server's <c>Date</c> says of the device's clock is kept with the events of the run, and gives them their age when the clock has been set since.</summary>
public sealed class ClockOffsetTests : IDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromHours(5);

    private readonly FakeIngest _ingest = new();
    private readonly TempFolder _folder = new();
    private DateTimeOffset _serverNow = Some.Now;

    public ClockOffsetTests() => _ingest.Respond = Dated;

    public void Dispose()
    {
        _ingest.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(-20_000)]
    [InlineData(730)]
    public async Task Restart_ClockWasSetSince_EventsOfTheWrongClockArriveWithTheirRealAge(int daysAhead)
    {
        await RunAsync(Some.Now.AddDays(daysAhead), leavesOne: true);
        _serverNow += Between;

        await RunAsync(_serverNow, leavesOne: false);

        Assert.Equal([1, 3, 2], _ingest.Batches.SelectMany(batch => batch.Seqs));
        Assert.Equal((long)Between.TotalMilliseconds, Second().GetProperty("ageMs").GetInt64());
    }

    [Fact]
    public async Task Restart_SameClock_NeedsNoAge()
    {
        await RunAsync(Some.Now.AddDays(730), leavesOne: true);
        _serverNow += Between;

        await RunAsync(_serverNow.AddDays(730), leavesOne: false);

        Assert.False(Second().TryGetProperty("ageMs", out _));
    }

    [Fact]
    public async Task Status_AfterAnAnswer_SaysHowFarTheClockIsOff()
    {
        await using var telemetry = SyncTelemetry.Create(Some.Options(_ingest, time: new ManualTimeProvider(Some.Now.AddDays(2))));
        Assert.Null(telemetry.Status.ClockOffset);
        telemetry.StartSync(SyncType.Delta).Succeed();

        Assert.True(await telemetry.FlushAsync());

        Assert.Equal(TimeSpan.FromDays(-2), telemetry.Status.ClockOffset);
    }

    [Fact]
    public async Task Status_AfterARefusal_HasLearnedNothing()
    {
        _ingest.Respond = _ => WithDate(FakeIngest.Page(HttpStatusCode.OK));
        await using var telemetry = SyncTelemetry.Create(Some.Options(_ingest, time: new ManualTimeProvider(Some.Now.AddDays(2))));
        telemetry.StartSync(SyncType.Delta).Succeed();

        Assert.False(await telemetry.FlushAsync());

        Assert.Null(telemetry.Status.ClockOffset);
    }

    /// <summary>The first run sends an event, so that it hears the time, and leaves another on the disk; the second records one and sends all.</summary>
    private async Task RunAsync(DateTimeOffset clock, bool leavesOne)
    {
        await using var telemetry = SyncTelemetry.Create(Some.Options(_ingest, _folder.FullPath, new ManualTimeProvider(clock)));
        telemetry.StartSync(SyncType.Delta).Succeed();
        Assert.True(await telemetry.FlushAsync());
        if (!leavesOne)
            return;
        telemetry.StartSync(SyncType.Delta).Succeed();
        Assert.True(await telemetry.FlushToDiskAsync());
    }

    private JsonElement Second() => _ingest.Batches.SelectMany(batch => batch.Events).Single(e => e.GetProperty("seq").GetInt64() == 2);

    private HttpResponseMessage? Dated(ReceivedBatch batch) => WithDate(FakeIngest.Json(HttpStatusCode.OK, $"{{\"accepted\":{batch.Events.Count},\"duplicates\":0,\"rejected\":[]}}"));

    private HttpResponseMessage WithDate(HttpResponseMessage answer)
    {
        answer.Headers.Date = _serverNow;
        return answer;
    }
}
