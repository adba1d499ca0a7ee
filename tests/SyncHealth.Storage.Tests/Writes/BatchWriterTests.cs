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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_Resent_CountsDuplicatesAndAddsNothing(bool flagged)
    {
        await WriteAsync(Some.Event(id: 1), Some.Event(id: 2));
        var before = await CountsAsync();

        var resend = Some.Batch(Some.Event(id: 1), Some.Event(id: 2), Some.Event(id: 3));
        resend.LikelyResend = flagged;
        var receipt = await _writer.WriteAsync(resend, CancellationToken.None);

        Assert.Equal(new WriteReceipt(WriteStatus.Committed, 1, 2, 0), receipt);
        Assert.Equal((2, 2L), before);
        Assert.Equal((3, 3L), await CountsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_SameIdentityOtherBody_KeepsTheFirstAndCountsAConflict(bool flagged)
    {
        await WriteAsync(Some.Event());
        var other = Some.Batch(Some.Event() with { BodyHash = 8, DurationMs = 1 });
        other.LikelyResend = flagged;

        Assert.Equal(new WriteReceipt(WriteStatus.Committed, 0, 1, 1), await _writer.WriteAsync(other, CancellationToken.None));
        Assert.Equal(812, await ScalarAsync<int>("select duration_ms from synchealth.event"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_TwinsInOneBatch_FirstIsKept(bool flagged)
    {
        var batch = Some.Batch(Some.Event(), Some.Event() with { BodyHash = 8 }, Some.Event());
        batch.LikelyResend = flagged;
        Assert.Equal(new WriteReceipt(WriteStatus.Committed, 1, 2, 1), await _writer.WriteAsync(batch, CancellationToken.None));
        Assert.Equal(7, await ScalarAsync<int>("select body_hash from synchealth.event"));
    }

    [Fact]
    public async Task Write_TwinsOfAKnownEvent_AreComparedWithTheKeptBody()
    {
        await WriteAsync(Some.Event() with { BodyHash = 8 });
        var receipt = await WriteAsync(Some.Event(), Some.Event() with { BodyHash = 8 });
        Assert.Equal(new WriteReceipt(WriteStatus.Committed, 0, 2, 1), receipt);
    }

    [Fact]
    public async Task Write_TimesThatDifferBelowAMicrosecond_AreOneIdentity()
    {
        var first = Some.Event();
        var second = first with { DeviceAt = first.DeviceAt.AddTicks(9) };
        Assert.Equal(new WriteReceipt(WriteStatus.Committed, 1, 1, 0), await WriteAsync(first, second));
        Assert.Equal(new WriteReceipt(WriteStatus.Committed, 0, 1, 0), await WriteAsync(second));
    }

    [Fact]
    public async Task Write_OneRequestHoldsARepeat_TheOthersOfItsGroupAreUntouched()
    {
        await WriteAsync(Some.Event(device: 1));
        var gate = await BlockAsync();
        var opener = _writer.WriteAsync(Some.Batch(Some.Event(device: 9)), CancellationToken.None).AsTask();
        var writes = Enumerable.Range(1, 4).Select(device => _writer.WriteAsync(Some.Batch(Some.Event(device), Some.Event(device, id: 2)), CancellationToken.None).AsTask()).ToList();
        await gate.DisposeAsync();

        var receipts = await Task.WhenAll(writes);

        Assert.Equal(WriteStatus.Committed, (await opener).Status);
        Assert.Equal(new WriteReceipt(WriteStatus.Committed, 1, 1, 0), receipts[0]);
        Assert.All(receipts[1..], receipt => Assert.Equal(new WriteReceipt(WriteStatus.Committed, 2, 0, 0), receipt));
    }

    [Fact]
    public async Task Write_OpenAndReset_AreEventsButNoAttempts()
    {
        await WriteAsync(
            Some.Event(id: 1) with { Type = SyncType.Open, Outcome = SyncOutcome.None, QueuedItems = 5, LastSuccessAt = Some.Now.AddDays(-1) },
            Some.Event(id: 2, secondsAgo: 20) with { Type = SyncType.Reset, Outcome = SyncOutcome.None, Rejected = 3, QueuedItems = 6 });
        Assert.Equal((2, 0L), await CountsAsync());
        Assert.Equal("6|0|0|23:59:30", await ScalarAsync<string>(
            "select concat_ws('|', queue_depth, hours, attempts, first_event_at - last_success_at) from synchealth.device_increment"));
    }

    [Fact]
    public async Task Write_WithoutDevice_CountsInRatesNotInDevices()
    {
        await WriteAsync(Some.Event() with { HasDevice = false });
        Assert.Equal((1, 1L), await CountsAsync());
        Assert.Equal(0, await ScalarAsync<int>("select count(*) from synchealth.device_increment"));
    }

    [Fact]
    public async Task Write_ReportedSuccessInTheFuture_IsNoLaterThanTheEvent()
    {
        await WriteAsync(Some.Event() with { Outcome = SyncOutcome.Failure, LastSuccessAt = Some.Now.AddDays(1) });
        Assert.True(await ScalarAsync<bool>("select last_success_at = event_at from synchealth.device_increment"));
    }

    [Fact]
    public async Task Write_DropsAndQuarantine_AreStoredOncePerBatch()
    {
        var batch = Some.Batch();
        batch.Quarantined.Add(new QuarantinedEvent("notes", 1, Some.Now.AddDays(-60), "timestamp_out_of_range", "{}"));
        batch.Drops.Add(new ReportedDrop("notes", 1, 77, "queue_full", 12));
        batch.Drops.Add(new ReportedDrop("notes", 1, 77, "expired", 3));

        await _writer.WriteAsync(batch, CancellationToken.None);
        await _writer.WriteAsync(batch, CancellationToken.None);

        Assert.Equal(15, await ScalarAsync<int>("select sum(count) from synchealth.reported_drop join synchealth.app using (app_id) where name = 'notes'"));
        Assert.Equal("timestamp_out_of_range", await ScalarAsync<string>("select distinct code from synchealth.quarantined_event"));
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

    private ValueTask<WriteReceipt> WriteAsync(params EventRow[] events) => _writer.WriteAsync(Some.Batch(events), CancellationToken.None);

    private async Task<(int Events, long Attempts)> CountsAsync() => (
        await ScalarAsync<int>("select count(*) from synchealth.event"),
        await ScalarAsync<long>("select coalesce(sum(attempts), 0) from synchealth.core_increment"));

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }

    private Task<TableLock> BlockAsync() => TableLock.TakeAsync(_database, "synchealth.event");
}
