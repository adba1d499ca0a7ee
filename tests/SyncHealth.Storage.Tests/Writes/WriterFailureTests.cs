using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Contracts;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Writes;

public sealed class WriterFailureTests : IAsyncLifetime
{
    /// <summary>As an erasure does: no writer is within a transaction, and none begins one.</summary>
    private static readonly string JoinWritersAlone = $"select pg_advisory_xact_lock({ErasedKeys.WritersLock})";

    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Write_DatabaseAway_IsUnavailableAndUsedAgainWhenBack()
    {
        await using var writer = CreateWriter();
        Assert.Equal(WriteStatus.Committed, (await WriteAsync(writer, 1)).Status);
        await using (await Outage.StartAsync(_database))
        {
            Assert.Equal(WriteStatus.Unavailable, (await WriteAsync(writer, 2)).Status);
            Assert.Equal(WriteStatus.Unavailable, (await WriteAsync(writer, 2)).Status);
        }

        // The pool may still hand out one connection per loop that the outage killed.
        var receipts = new List<WriteReceipt>();
        for (var attempt = 0; attempt < 4 && !receipts.Any(receipt => receipt.Status == WriteStatus.Committed); attempt++)
            receipts.Add(await WriteAsync(writer, 2));
        Assert.Contains(new WriteReceipt(WriteStatus.Committed, 1, 0, 0), receipts);
        Assert.Equal(2, await CountAsync("event"));
    }

    [Fact]
    public async Task Write_TransactionBreaksInTheMiddle_LeavesNothing()
    {
        await using var writer = CreateWriter();
        await ExecuteAsync("alter table synchealth.device_increment rename to gone");

        Assert.Equal(WriteStatus.Unavailable, (await WriteAsync(writer, 1)).Status);
        Assert.Equal(0, await CountAsync("event") + await CountAsync("core_increment"));

        await ExecuteAsync("alter table synchealth.gone rename to device_increment");
        Assert.Equal(new WriteReceipt(WriteStatus.Committed, 1, 0, 0), await WriteAsync(writer, 1));
        Assert.Equal(2, await CountAsync("event") + await CountAsync("core_increment"));
    }

    [Fact]
    public async Task Write_SessionKilledBeforeCommit_IsUnavailableAndLeavesNothing()
    {
        await using var writer = CreateWriter();
        ValueTask<WriteReceipt> write;
        await using (var gate = await TableLock.TakeAsync(_database, "synchealth.device_increment"))
        {
            write = WriteAsync(writer, 1);
            await gate.WaitersAsync(1);
            await ExecuteAsync("select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
        }

        Assert.Equal(WriteStatus.Unavailable, (await write).Status);
        Assert.Equal(0, await CountAsync("event"));
        Assert.Equal(new WriteReceipt(WriteStatus.Committed, 1, 0, 0), await WriteAsync(writer, 1));
    }

    public static TheoryData<string, bool> BadData => new()
    {
        { "negative duration", false },
        { "negative duration", true },
        { "name beyond an index row", false },
        { "profile that is not there", false },
        { "no number of an outcome", true },
    };

    [Theory]
    [MemberData(nameof(BadData))]
    public async Task Write_DataThatCannotBeStored_CostsTheOthersNothing(string fault, bool flagged)
    {
        await using var writer = CreateWriter();
        var source = Some.Event(device: 50);
        var bad = Some.Batch(fault switch
        {
            "negative duration" => source with { DurationMs = -1 },
            "name beyond an index row" => source with { Segment = source.Segment with { AppVersion = Noise(9000) } },
            "profile that is not there" => source with { Profile = 3 },
            _ => source with { ErrorKind = (SyncErrorKind)77 },
        });
        bad.LikelyResend = flagged;
        List<Task<WriteReceipt>> writes;
        await using (var gate = await TableLock.TakeAsync(_database, "synchealth.event"))
        {
            writes = [.. Enumerable.Range(1, 6).Select(device => WriteAsync(writer, device).AsTask())];
            writes.Insert(3, writer.WriteAsync(bad, CancellationToken.None).AsTask());
            await gate.WaitersAsync(1);
        }

        var receipts = await Task.WhenAll(writes);

        Assert.Equal(WriteStatus.Unavailable, receipts[3].Status);
        Assert.Equal(6, receipts.Count(receipt => receipt == new WriteReceipt(WriteStatus.Committed, 1, 0, 0)));
        Assert.Equal(6, await CountAsync("event"));
    }

    /// <summary>A row whose day has no partition waits for the default one while maintenance makes its own; each time another one, and more often than a group is tried.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_PartitionsOfItsDaysAreMadeMeanwhile_IsCommittedIntoThem(bool flagged)
    {
        const int Days = 8;
        await using var writer = CreateWriter(new StorageOptions { WriterConnections = 1 });
        var batch = Some.Batch([.. Enumerable.Range(0, Days).Select(day => Some.Event(device: 1, id: day, secondsAgo: day * 86_400))]);
        batch.LikelyResend = flagged;
        var gate = TableLock.TakeByAsync(_database, JoinWritersAlone);
        await gate;
        var write = writer.WriteAsync(batch, CancellationToken.None).AsTask();
        for (var day = 0; day < Days; day++)
        {
            await using var making = await TableLock.TakeByAsync(_database, $"select synchealth.create_event_partition(date '2026-03-04' - {day})");
            await (await gate).DisposeAsync();
            await making.WaitersAsync(1);
            // In line before the writer can begin its next try.
            gate = TableLock.TakeByAsync(_database, JoinWritersAlone);
            await making.WaitersOfWaitersAsync(1);
            await making.CommitAsync();
        }

        await (await gate).DisposeAsync();
        Assert.Equal(new WriteReceipt(WriteStatus.Committed, Days, 0, 0), await write);
        Assert.Equal(0, await CountAsync("event_default"));
        Assert.Equal(Days, await CountAsync("event"));
    }

    [Fact]
    public async Task Write_DatabaseStopsAnswering_IsUnavailableInTime()
    {
        await using var writer = CreateWriter(new StorageOptions { CommitTimeout = TimeSpan.FromMilliseconds(300) });
        await using (await TableLock.TakeAsync(_database, "synchealth.event"))
            Assert.Equal(WriteStatus.Unavailable, (await WriteAsync(writer, 1)).Status);
        Assert.Equal(0, await CountAsync("event"));
    }

    [Fact]
    public async Task Write_QueueFull_IsOverloadedAndTheRestIsCommitted()
    {
        await using var writer = CreateWriter(new StorageOptions { MaxQueuedEvents = 10, MaxGroupEvents = 1, WriterConnections = 1, GroupDelay = TimeSpan.Zero });
        List<Task<WriteReceipt>> accepted;
        await using (var gate = await TableLock.TakeAsync(_database, "synchealth.event"))
        {
            accepted = [WriteAsync(writer, 1).AsTask()];
            await gate.WaitersAsync(1);
            accepted.AddRange(Enumerable.Range(2, 5).Select(device => WriteAsync(writer, device).AsTask()));
            Assert.Equal(WriteStatus.Overloaded, (await WriteAsync(writer, 7)).Status);
        }

        Assert.All(await Task.WhenAll(accepted), receipt => Assert.Equal(new WriteReceipt(WriteStatus.Committed, 1, 0, 0), receipt));
        Assert.Equal(WriteStatus.Committed, (await WriteAsync(writer, 7)).Status);
    }

    [Fact]
    public async Task Write_FirstInLineWaitsTooLong_IsOverloadedUntilTheLineMoves()
    {
        var delay = TimeSpan.FromMilliseconds(50);
        await using var writer = CreateWriter(new StorageOptions { MaxQueueDelay = delay, MaxGroupEvents = 1, WriterConnections = 1, GroupDelay = TimeSpan.Zero });
        List<Task<WriteReceipt>> accepted;
        await using (var gate = await TableLock.TakeAsync(_database, "synchealth.event"))
        {
            accepted = [WriteAsync(writer, 1).AsTask()];
            await gate.WaitersAsync(1);
            accepted.Add(WriteAsync(writer, 2).AsTask());
            await Task.Delay(delay * 2, TimeProvider.System, TestContext.Current.CancellationToken);
            Assert.True(writer.IsOverloaded);
            Assert.Equal(WriteStatus.Overloaded, (await WriteAsync(writer, 3)).Status);
        }

        Assert.All(await Task.WhenAll(accepted), receipt => Assert.Equal(WriteStatus.Committed, receipt.Status));
        Assert.False(writer.IsOverloaded);
        Assert.Equal(WriteStatus.Committed, (await WriteAsync(writer, 3)).Status);
    }

    [Fact]
    public async Task Dispose_WithWaitingBatches_CommitsThemAndTakesNoMore()
    {
        var writer = CreateWriter();
        List<Task<WriteReceipt>> accepted;
        Task disposal;
        await using (var gate = await TableLock.TakeAsync(_database, "synchealth.event"))
        {
            accepted = [.. Enumerable.Range(1, 20).Select(device => WriteAsync(writer, device).AsTask())];
            await gate.WaitersAsync(1);
            disposal = writer.DisposeAsync().AsTask();
            Assert.Equal(WriteStatus.ShuttingDown, (await WriteAsync(writer, 21)).Status);
        }

        await disposal;
        Assert.All(await Task.WhenAll(accepted), receipt => Assert.Equal(WriteStatus.Committed, receipt.Status));
        Assert.Equal(20, await CountAsync("event"));
    }

    [Fact]
    public async Task Dispose_DatabaseStuck_EndsInTimeAndAcknowledgesNothing()
    {
        var writer = CreateWriter(new StorageOptions { DrainTimeout = TimeSpan.FromMilliseconds(200) });
        await using var gate = await TableLock.TakeAsync(_database, "synchealth.event");
        var writes = Enumerable.Range(1, 5).Select(device => WriteAsync(writer, device).AsTask()).ToList();
        await gate.WaitersAsync(1);

        await writer.DisposeAsync();

        Assert.All(await Task.WhenAll(writes), receipt => Assert.Equal(WriteStatus.Unavailable, receipt.Status));
    }

    [Fact]
    public async Task Write_ServerDefaultsToAsynchronousCommit_SessionsStillWait()
    {
        await ExecuteAsync($"alter database {new Npgsql.NpgsqlConnectionStringBuilder(_database.ConnectionString).Database} set synchronous_commit = off");
        await ExecuteAsync("alter table synchealth.core_increment add column setting text default current_setting('synchronous_commit')");
        await using var writer = CreateWriter();
        await WriteAsync(writer, 1);
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        Assert.Equal("on", await connection.ExecuteScalarAsync<string>("select setting from synchealth.core_increment"));
    }

    /// <summary>Text that does not compress.</summary>
    private static string Noise(int length) => new(new Random(1).GetItems("abcdefghijklmnopqrstuvwxyz0123456789".AsSpan(), length));

    private static ValueTask<WriteReceipt> WriteAsync(BatchWriter writer, long device) =>
        writer.WriteAsync(Some.Batch(Some.Event(device)), CancellationToken.None);

    private BatchWriter CreateWriter(StorageOptions? options = null) => new(_database.DataSource, options ?? new StorageOptions(), NullLogger<BatchWriter>.Instance);

    private async Task<int> CountAsync(string table)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>($"select count(*) from synchealth.{table}");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }
}
