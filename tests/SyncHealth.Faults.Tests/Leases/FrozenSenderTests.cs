using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SyncHealth.Contracts;
using SyncHealth.Storage;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;
using SyncHealth.Testing.Faults;
using SyncHealth.Testing.Processes;
using Xunit;

namespace SyncHealth.Faults.Tests.Leases;

/// <summary>
/// D8: the process that holds the lease of a notification is stopped (SIGSTOP) before it hears that it holds it. Another one takes over when the lease has run out; the
/// first wakes with the lease in its hands, and must send nothing.
/// </summary>
[Trait("Suite", "Faults")]
public sealed class FrozenSenderTests : IAsyncLifetime
{
    private const string App = "notes";
    private const int Devices = 40;

    /// <summary>A lease has to run out meanwhile, in real time; and machines are shared.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly TemporaryFolder _secrets = new();
    private TestDatabase _database = null!;
    private Pager _pager = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _pager = await Pager.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _pager.DisposeAsync();
        await _database.DisposeAsync();
        _secrets.Dispose();
    }

    [Fact]
    public async Task HolderOfALease_StoppedUntilItRanOut_SendsNothingWhenItWakes()
    {
        var goal = new Goal("D8");
        await FailAsync();
        await using var first = Start();
        await first.WaitUntilReadyAsync();
        await UntilAsync("select exists (select from synchealth.alert_notification)");
        await using (var session = await _database.DataSource.OpenConnectionAsync())
        {
            await using var transaction = await session.BeginTransactionAsync();
            // It asks for the next notification twice a second: from here on it waits for the answer, which will be the lease of one that is due now.
            await ExecuteAsync(session, transaction, "lock table synchealth.alert_reference in access exclusive mode");
            await ExecuteAsync(session, transaction, "update synchealth.alert_notification set visible_at = created_at - interval '1 hour'");
            await UntilAsync("select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '-- Leases the next notification%')");
            first.Freeze();
            await transaction.CommitAsync();
        }

        await UntilAsync("select exists (select from synchealth.alert_notification where fence = 1 and status = 'waiting' and leased_until is not null)");
        Assert.Empty(_pager.IncidentsOf(App));

        await using var second = Start();
        await UntilAsync("select exists (select from synchealth.alert_notification where fence = 2 and status = 'delivered')");
        first.Thaw();
        await UntilAsync(() => Task.FromResult(first.Lines.Any(line => line.Contains("another sender took over", StringComparison.Ordinal))));

        var incident = Assert.Single(_pager.IncidentsOf(App));
        Assert.Equal((1, "open"), (incident.Triggers, incident.Status));
        goal.Reached("the holder of a lease was stopped until another process had told the incident, woke, and sent nothing");
    }

    /// <summary>Without a limit for commands: one that sleeps through it would not hear of its lease at all.</summary>
    private AlertingProcess Start() => new(new NpgsqlConnectionStringBuilder(_database.ConnectionString) { CommandTimeout = 0 }.ConnectionString, Path.Combine(_secrets.Path, "device.key"), _pager.Address);

    /// <summary>Syncs that fail on every second device, as ingest would have written them.</summary>
    private async Task FailAsync()
    {
        await using var writer = new BatchWriter(_database.DataSource, new StorageOptions(), NullLogger<BatchWriter>.Instance);
        var now = TimeProvider.System.GetUtcNow();
        var batch = new EventBatch { ReceivedAt = now };
        batch.Profiles.Add(new DeviceProfile("", "{}"));
        for (var attempt = 0; attempt < 4 * Devices; attempt++)
            batch.Events.Add(new EventRow
            {
                Segment = new SegmentKey(App, "production", "2.4.1", "android", "14", "cellular", "delta", "foreground"),
                DeviceKey = attempt % Devices, HasDevice = true, IdHash = attempt, DeviceAt = now, EventAt = now,
                Type = SyncType.Delta, Outcome = attempt % 2 == 0 ? SyncOutcome.Failure : SyncOutcome.Success, DurationMs = 800,
            });
        Assert.Equal(WriteStatus.Committed, (await writer.WriteAsync(batch, CancellationToken.None)).Status);
    }

    private static async Task ExecuteAsync(NpgsqlConnection session, NpgsqlTransaction transaction, string sql)
    {
        await using var command = new NpgsqlCommand(sql, session, transaction);
        await command.ExecuteNonQueryAsync();
    }

    private Task UntilAsync(string question) => UntilAsync(async () =>
    {
        await using var command = _database.DataSource.CreateCommand(question);
        return (bool)(await command.ExecuteScalarAsync())!;
    });

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var start = TimeProvider.System.GetTimestamp(); !await holds();)
        {
            Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, Patience);
            await Task.Delay(Pause, TimeProvider.System);
        }
    }
}
