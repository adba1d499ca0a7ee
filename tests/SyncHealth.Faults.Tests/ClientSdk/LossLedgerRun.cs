using Dapper;
using SyncHealth.Client;
using SyncHealth.Testing;
using SyncHealth.Testing.Processes;
using Xunit;

namespace SyncHealth.Faults.Tests.ClientSdk;

/// <summary>One install through many starts of its app: most of them offline, with a queue that is too small for that. At the end the network is well and everything leaves.</summary>
/// <param name="database">The server's.</param>
/// <param name="device">The install.</param>
/// <param name="healed">Called when the network is well.</param>
internal sealed class LossLedgerRun(TestDatabase database, SdkDevice device, Action? healed = null)
{
    public const int EventsPerLife = 300;

    private const long SmallQueueBytes = 64 * 1024;

    /// <summary>Every so many lives the app tries to send; between them it loses its oldest events.</summary>
    private const int LivesPerSending = 3;

    /// <summary>Tries of a life that sends: the network breaks most of them.</summary>
    private const int Sendings = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task<LossLedger> RunAsync(int lives)
    {
        using var folder = new TemporaryFolder();
        for (var life = 0; life < lives; life++)
        {
            await using var telemetry = device.Start(folder.Path, SmallQueueBytes);
            SdkDevice.Record(telemetry, EventsPerLife);
            Assert.True(await telemetry.FlushToDiskAsync(), telemetry.Status.LastProblem);
            for (var send = 0; send < Sendings && life % LivesPerSending == LivesPerSending - 1; send++)
                await telemetry.FlushAsync();
            var status = telemetry.Status;
            Assert.Equal(status.Issued, status.Sent + status.Queued + status.Dropped.Values.Sum());
        }

        device.Heal();
        healed?.Invoke();
        return await CloseAsync(await SendRestAsync(folder.Path));
    }

    private async Task<SyncTelemetryStatus> SendRestAsync(string folder)
    {
        await using var telemetry = device.Start(folder, SmallQueueBytes);
        // One event more, so that a loss of the last life has something to be told with.
        SdkDevice.Record(telemetry, 1);
        var start = TimeProvider.System.GetTimestamp();
        while (!await telemetry.FlushAsync())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience, $"still not sent: {telemetry.Status}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        return telemetry.Status;
    }

    private async Task<LossLedger> CloseAsync(SyncTelemetryStatus status)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync();
        var counted = await connection.ExecuteScalarAsync<long>("select count(*) from synchealth.event where device_key = @Key", new { device.Key });
        var told = await connection.ExecuteScalarAsync<long>("select coalesce(sum(synchealth.lost_of(d)), 0)::bigint from synchealth.reported_drop d where device_key = @Key", new { device.Key });
        return new LossLedger(status.Issued, status.Sent, status.Queued, status.Dropped.Values.Sum(), counted, told);
    }
}
