using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Client;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Tests.Support;
using SyncHealth.Storage.Keys;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Ingest.Tests.Otlp;

/// <summary>Our SDK in OTLP mode, something that behaves as a collector in between, the real edge and a real Postgres. The collector itself cannot be had on the build machines.</summary>
public sealed class CollectorTests : IAsyncLifetime
{
    private const int EventsOfEach = 12;

    private TestDatabase _database = null!;
    private IngestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _server = await IngestServer.StartAsync(_database);
        _server.Clock.Advance(TimeProvider.System.GetUtcNow() - _server.Clock.GetUtcNow());
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Export_BatchesOfTwoDevicesInOneRequestSentTwice_CountsEachEventOnceForItsDevice()
    {
        var key = await _server.Services.GetRequiredService<KeyStore>().CreateAsync("notes", "collector", [], TestContext.Current.CancellationToken);
        using var collector = new CollectorStandIn(new Uri(_server.Client.BaseAddress!, "/v1/logs"), key);
        foreach (var device in new[] { "phone", "tablet" })
            await SendAsync(collector, device);

        Assert.Equal(6, collector.Taken);
        await collector.ExportAsync(_server.Client, times: 2, TestContext.Current.CancellationToken);

        Assert.Equal("2 devices, 24 events, 24 numbers, 2 failures, 24 of wifi", await TextAsync("""
            select format('%s devices, %s events, %s numbers, %s failures, %s of wifi', count(distinct device_key), count(*), count(distinct (device_key, seq)),
                count(*) filter (where outcome.name = 'failure'), count(*) filter (where network = 'wifi'))
            from synchealth.event join synchealth.segment using (segment_id) join synchealth.core_segment using (core_id) join synchealth.outcome using (outcome)
            """));
    }

    private static async Task SendAsync(CollectorStandIn collector, string device)
    {
        await using var telemetry = SyncTelemetry.Create(new SyncTelemetryOptions
        {
            Protocol = SyncProtocol.Otlp,
            Endpoint = new Uri("http://collector.invalid/"),
            Handler = collector,
            Key = "the-collector-has-the-key",
            App = "notes",
            DeviceId = device,
            BatchSize = 4,
            QueueInMemory = true,
            RandomSeed = 1,
        });
        telemetry.StartSync(SyncType.Delta).On(SyncNetwork.Wifi).Fail(SyncErrorKind.Server, "http_503");
        for (var i = 1; i < EventsOfEach; i++)
            telemetry.StartSync(SyncType.Delta).On(SyncNetwork.Wifi).Succeed();
        Assert.True(await telemetry.FlushAsync(TestContext.Current.CancellationToken));
    }

    private async Task<string> TextAsync(string sql)
    {
        await using var command = _database.DataSource.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
