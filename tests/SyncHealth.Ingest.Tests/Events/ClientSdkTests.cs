using SyncHealth.Client;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Tests.Support;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Ingest.Tests.Events;

/// <summary>What our own SDK really sends is what the edge really takes.</summary>
public sealed class ClientSdkTests : IAsyncLifetime
{
    private readonly CollectingWriter _writer = new();
    private IngestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await IngestServer.StartAsync(_writer);
        _server.Clock.Advance(TimeProvider.System.GetUtcNow() - _server.Clock.GetUtcNow());
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(SyncProtocol.Json)]
    [InlineData(SyncProtocol.Otlp)]
    public async Task Flush_AttemptHeartbeatAndReset_ArriveWithoutAnAdjustment(SyncProtocol protocol)
    {
        await using var telemetry = Telemetry(protocol);
        using (var attempt = telemetry.StartSync(SyncType.Delta, SyncTrigger.Foreground))
        {
            attempt.Pushed(3);
            attempt.Retried();
            attempt.On(SyncNetwork.Cellular, metered: true);
            attempt.Conflict("note", ConflictKind.UpdateUpdate, ConflictStrategy.Lww, ConflictWinner.Remote, discarded: 1, count: 2);
            attempt.ItemFailure("photo", "denied", "http_422", count: 1, parked: true);
            attempt.Fail(SyncErrorKind.Server, "http_503");
        }

        telemetry.Opened(4, null);
        telemetry.Reset(2);
        Assert.True(await telemetry.FlushAsync(TestContext.Current.CancellationToken));

        var rows = _writer.Batches.SelectMany(batch => batch.Events).ToArray();
        Assert.Equal([SyncType.Delta, SyncType.Open, SyncType.Reset], rows.Select(row => row.Type));
        Assert.Equal(("notes", "2.4.1", "cellular", "foreground"), (rows[0].Segment.App, rows[0].Segment.AppVersion, rows[0].Segment.Network, rows[0].Segment.Trigger));
        Assert.Equal((SyncOutcome.Failure, SyncErrorKind.Server, "http_503", 3, 1, 2), (rows[0].Outcome, rows[0].ErrorKind, rows[0].ErrorCode, rows[0].Pushed, rows[0].Retries, rows[0].ConflictCount));
        Assert.Contains("photo", rows[0].DetailsJson, StringComparison.Ordinal);
        Assert.Equal(Taking.Hasher.DeviceKey("notes", "d1"), rows[0].DeviceKey);
        Assert.Equal((4, 2), (rows[1].QueuedItems, rows[2].Rejected));
        var page = await _server.Client.GetStringAsync("/metrics");
        foreach (var name in new[] { "unknown_fields", "unknown_values", "values_cut", "values_clamped", "values_scrubbed", "clocks_corrected" })
            Assert.Contains($"\nsynchealth_{name}_total 0\n", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SyncProtocol.Json)]
    [InlineData(SyncProtocol.Otlp)]
    public async Task Flush_AnswerLostAndBatchTrimmed_TellsTheLossWithTheNumbersThatMayBeHere(SyncProtocol protocol)
    {
        using var network = new AnswerLosingHandler();
        var options = Options(protocol, _server);
        (options.Handler, options.BatchSize, options.MaxQueueBytes) = (network, 10, 64 * 1024);
        // Nothing is tried again unasked.
        options.TimeProvider = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        await using var telemetry = SyncTelemetry.Create(options);
        for (var i = 0; i < 20; i++)
            telemetry.StartSync(SyncType.Delta).Succeed();
        Assert.False(await telemetry.FlushAsync(TestContext.Current.CancellationToken));
        for (var i = 0; i < 500; i++)
            telemetry.StartSync(SyncType.Delta).Succeed();
        Assert.True(await telemetry.FlushToDiskAsync(TestContext.Current.CancellationToken));
        network.AnswersArrive = true;
        Assert.True(await telemetry.FlushAsync(TestContext.Current.CancellationToken));

        var arrived = _writer.Batches.SelectMany(batch => batch.Events).Select(row => row.Seq).Distinct().Count();
        var loss = Assert.Single(_writer.Batches.SelectMany(batch => batch.Drops));
        Assert.Equal(("queue_full", 1L, loss.Count), (loss.Reason, loss.Doubt!.Value.FirstSeq, loss.Doubt.Value.LastSeq));
        Assert.Equal(telemetry.Status.Dropped["queue_full"], loss.Count);
        // Ten of those that were given up are here.
        Assert.Equal(520 + 10, arrived + loss.Count);
        Assert.All(_writer.Batches.SelectMany(batch => batch.Events).Where(row => row.Seq <= 10), row => Assert.InRange(row.DeviceAt, loss.Doubt.Value.FirstAt, loss.Doubt.Value.LastAt));
        Assert.Contains("\nsynchealth_unknown_fields_total 0\n", await _server.Client.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_OfTheInstallation_ReachTheSdkWithTheReceipt()
    {
        await using var asking = await IngestServer.StartAsync(_writer, options => (options.SdkSample, options.SdkInterval, options.SdkPause) = (0, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1)));
        using var answer = await asking.PostAsync("""{"events":[]}""");
        Assert.Equal("""{"accepted":0,"duplicates":0,"rejected":[],"settings":{"sample":0,"intervalSeconds":300,"pauseSeconds":60}}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        await using var telemetry = Telemetry(SyncProtocol.Json, asking);
        telemetry.StartSync(SyncType.Delta).Succeed();
        Assert.True(await telemetry.FlushAsync(TestContext.Current.CancellationToken));
        Assert.True(telemetry.Status.IsSampledOut);
    }

    private SyncTelemetry Telemetry(SyncProtocol protocol, IngestServer? server = null) => SyncTelemetry.Create(Options(protocol, server ?? _server));

    private static SyncTelemetryOptions Options(SyncProtocol protocol, IngestServer server) => new()
    {
        Protocol = protocol,
        Endpoint = server.Client.BaseAddress,
        Key = FixedKeys.Notes,
        App = "notes",
        AppVersion = "2.4.1",
        DeviceId = "d1",
        QueueInMemory = true,
        RandomSeed = 1,
    };
}
