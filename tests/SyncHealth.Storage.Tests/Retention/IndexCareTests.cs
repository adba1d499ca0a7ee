using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Storage.Retention;
using SyncHealth.Storage.Tests.Writes;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Retention;

/// <summary>The identity index of a day, as it is after events that came in the order of time with keys in none: the largest index there is.</summary>
public sealed class IndexCareTests : IAsyncLifetime
{
    private const int Events = 30_000;
    private const string Index = "synchealth.event_20260304_device_key_device_at_event_hash_idx";

    /// <summary>Of events that are late or corrected.</summary>
    private const string Strays = "synchealth.event_20260304_event_at_idx1";

    /// <summary>Longer than any test holds a transaction.</summary>
    private static readonly TimeSpan Patient = TimeSpan.FromMinutes(5);

    private static readonly DateTimeOffset EndOfDay = new(2026, 3, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Settled = EndOfDay + IndexCare.Settled;

    private readonly List<EventRow> _events = Sample();
    private TestDatabase _database = null!;
    private BatchWriter _writer = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _writer = new BatchWriter(_database.DataSource, new StorageOptions(), NullLogger<BatchWriter>.Instance);
        await ExecuteAsync("select synchealth.create_event_partition('2026-03-04')");
        foreach (var chunk in _events.Chunk(5_000))
            await WriteAsync(chunk);
        await ExecuteAsync("analyze synchealth.event_20260304");
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Tighten_DayThatIsSettled_TakesThreeTenthsLessAndStillKnowsEveryEvent()
    {
        Assert.InRange(await BytesAnEventAsync(), 50, 60);
        await TightenAsync(Settled);
        Assert.InRange(await BytesAnEventAsync(), 36.5, 39);

        Assert.Equal(new WriteReceipt(WriteStatus.Committed, 0, 1_000, 0), await WriteAsync([.. _events.Take(1_000)]));
    }

    [Fact]
    public async Task Tighten_DayWhoseLateEventsAreStillToCome_IsLeft()
    {
        var before = await FileAsync();
        await TightenAsync(Settled.AddSeconds(-1));
        Assert.Equal(before, await FileAsync());
    }

    [Fact]
    public async Task Tighten_IndexThatIsTightAlready_IsNotBuiltAgain()
    {
        await TightenAsync(Settled);
        var tight = await FileAsync();
        await TightenAsync(Settled.AddDays(1));
        Assert.Equal(tight, await FileAsync());
    }

    [Fact]
    public async Task Tighten_IndexHalfAsLargeAgainAsItWasBuilt_IsBuiltAgainAfterAnHour()
    {
        await TightenAsync(Settled);
        var built = await FileAsync();
        await ExecuteAsync("update synchealth.index_build set bytes_a_row = bytes_a_row / 1.6");

        await TightenAsync(Settled + IndexCare.LeastAge - TimeSpan.FromSeconds(1));
        Assert.Equal(built, await FileAsync());
        await TightenAsync(Settled + IndexCare.LeastAge);

        var again = await FileAsync();
        Assert.NotEqual(built, again);
        await TightenAsync(Settled.AddDays(1));
        Assert.Equal(again, await FileAsync());
    }

    [Fact]
    public async Task Tighten_IndexThatIsGone_IsForgotten()
    {
        await ExecuteAsync("insert into synchealth.index_build values ('synchealth.gone_pkey', 1, now())");
        await TightenAsync(Settled);
        Assert.Equal($"{Index} {Strays}", await ScalarAsync<string>("select string_agg(index_name, ' ' order by index_name) from synchealth.index_build"));
    }

    /// <summary>All of the sample are late, so that there is an index of those too.</summary>
    [Fact]
    public async Task Tighten_SeveralWereNeverBuilt_OneRoundBuildsThem()
    {
        var before = (await FileAsync(), await FileAsync(Strays));
        await TightenAsync(Settled);
        var after = (await FileAsync(), await FileAsync(Strays));
        Assert.NotEqual(before.Item1, after.Item1);
        Assert.NotEqual(before.Item2, after.Item2);
    }

    [Fact]
    public async Task Tighten_SomebodysTransactionGoesOnForLong_LeavesItToALaterRound()
    {
        var before = await FileAsync();
        await using var holder = await _database.DataSource.OpenConnectionAsync();
        await using (var transaction = await holder.BeginTransactionAsync())
        {
            await holder.ExecuteAsync("lock table synchealth.event_20260304 in row exclusive mode", transaction: transaction);
            await TightenAsync(Settled, TimeSpan.FromMilliseconds(300));
            Assert.Equal(before, await FileAsync());
        }

        await TightenAsync(Settled);
        Assert.Equal(0, await BrokenAsync());
        Assert.InRange(await BytesAnEventAsync(), 36.5, 39);
    }

    [Fact]
    public async Task Tighten_WhatAKilledRebuildLeft_IsTakenAway()
    {
        // A unique index over what is not unique fails at its end, and leaves what a rebuild leaves that is cut off.
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
            ExecuteAsync("create unique index concurrently event_20260304_device_key_device_at_event_hash_idx_ccnew on synchealth.event_20260304 (received_at)"));
        Assert.Equal(1, await BrokenAsync());

        await TightenAsync(Settled);

        Assert.Equal(0, await BrokenAsync());
        Assert.InRange(await BytesAnEventAsync(), 36.5, 39);
    }

    [Fact]
    public async Task Tighten_AnotherProcessIsAtIt_DoesNothing()
    {
        var before = await FileAsync();
        await using var other = await _database.DataSource.OpenConnectionAsync();
        await other.ExecuteAsync("select pg_advisory_lock(@Key)", new { Key = IndexCare.LockKey });
        await TightenAsync(Settled);
        Assert.Equal(before, await FileAsync());
    }

    [Fact]
    public async Task Tighten_WritersGoOnMeanwhile_NoEventIsCountedTwice()
    {
        // The rebuild waits for the writer's transaction, which is open; a batch and its resend are committed meanwhile.
        await using var holder = await _database.DataSource.OpenConnectionAsync();
        Task tighten;
        await using (var transaction = await holder.BeginTransactionAsync())
        {
            await holder.ExecuteAsync("lock table synchealth.event_20260304 in row exclusive mode", transaction: transaction);
            tighten = TightenAsync(Settled);
            await BrokenOrBuildingAsync(tighten);
            var fresh = Some.Event(device: 77, id: 77);
            Assert.Equal(new WriteReceipt(WriteStatus.Committed, 1, 0, 0), await WriteAsync(fresh));
            Assert.Equal(new WriteReceipt(WriteStatus.Committed, 0, 1, 0), await WriteAsync(fresh));
        }

        await tighten;
        Assert.Equal(0, await BrokenAsync());
        Assert.Equal(new WriteReceipt(WriteStatus.Committed, 0, 1, 0), await WriteAsync(Some.Event(device: 77, id: 77)));
    }

    private static List<EventRow> Sample()
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, Events).Select(i => Some.Event(device: random.NextInt64(), id: random.NextInt64(), secondsAgo: 40_000 - i))];
    }

    private Task<WriteReceipt> WriteAsync(params EventRow[] events) => _writer.WriteAsync(Some.Batch(events), TestContext.Current.CancellationToken).AsTask();

    private async Task TightenAsync(DateTimeOffset now, TimeSpan? patience = null)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        await new IndexCare(connection, patience ?? Patient).TightenAsync(now, CancellationToken.None);
    }

    /// <summary>Returns once the rebuild has put its new index beside the old one, which it does before it waits.</summary>
    private async Task BrokenOrBuildingAsync(Task tighten)
    {
        while (await BrokenAsync() == 0)
        {
            Assert.False(tighten.IsCompleted);
            await Task.Yield();
        }
    }

    private async Task<double> BytesAnEventAsync() => await ScalarAsync<long>($"select pg_relation_size('{Index}')") / (double)Events;

    /// <summary>The file of the index: another one after each rebuild.</summary>
    private Task<long> FileAsync(string index = Index) => ScalarAsync<long>($"select pg_relation_filenode('{index}')::bigint");

    private Task<long> BrokenAsync() => ScalarAsync<long>("select count(*) from pg_index where not indisvalid and indrelid = 'synchealth.event_20260304'::regclass");

    private async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<T>(sql);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }
}
