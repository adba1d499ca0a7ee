using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Contracts;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Writes;

public sealed class BatchWriterTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private BatchWriter _writer = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _writer = new BatchWriter(_database.DataSource, new StorageOptions(), NullLogger<BatchWriter>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Write_EveryField_ReachesItsColumn()
    {
        var source = Some.Event(device: 42, id: 99) with
        {
            UserKey = 5,
            EventAt = Some.Now.AddMinutes(-1),
            Seq = 4711,
            Outcome = SyncOutcome.Failure,
            Direction = SyncDirection.Both,
            ErrorKind = SyncErrorKind.Server,
            ErrorCode = "http_503",
            Metered = true,
            Retries = 2,
            QueuedItems = 3,
            OldestPendingMs = 60_000,
            LastSuccessAt = Some.Now.AddHours(-1),
            Pushed = 11,
            Pulled = 12,
            Applied = 13,
            Rejected = 14,
            BytesUp = 15,
            BytesDown = 16,
            ConflictCount = 4,
            Conflicts = [new ConflictEntry("note", ConflictKind.UpdateUpdate, ConflictStrategy.Lww, ConflictWinner.Remote, 1, 3)],
            DetailsJson = """{"failures": []}""",
        };

        var receipt = await _writer.WriteAsync(Some.Batch(source), TestContext.Current.CancellationToken);

        Assert.Equal(new WriteReceipt(WriteStatus.Committed, 1, 0, 0), receipt);
        await using var connection = await _database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var row = await connection.QuerySingleAsync<string>("""
            select concat_ws('|', device_key, event_hash, user_key, seq, outcome, direction, kind || '/' || code, metered, retries, queued_items, oldest_pending_ms,
                device_at - event_at, received_at - event_at, event_at - last_success_at, pushed, pulled, applied, rejected, bytes_up, bytes_down, conflict_count,
                duration_ms, body_hash, has_device, device_model, tags, conflicts, details, a.name, environment, app_version, os, os_version, network, type, trigger)
            from synchealth.event e join synchealth.segment using (segment_id) join synchealth.core_segment using (core_id) join synchealth.app a using (app_id)
            join synchealth.error using (error_id) join synchealth.device_profile using (profile_id)
            """);
        Assert.Equal(
            "42|99|5|4711|3|1|server/http_503|t|2|3|60000|00:00:30|00:01:00|00:59:00|11|12|13|14|15|16|4|812|7|t|Pixel 8|{\"cohort\": \"beta\"}|" +
            "[{\"kind\": \"update_update\", \"count\": 3, \"entity\": \"note\", \"winner\": \"remote\", \"strategy\": \"lww\", \"discarded\": 1}]|{\"failures\": []}|" +
            "notes|production|1.0|android|14|wifi|delta|user",
            row);
    }
}
