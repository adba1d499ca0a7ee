using System.Globalization;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Storage.Erasure;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.ServerLog;
using SyncHealth.Storage.Tests.Writes;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;

namespace SyncHealth.Storage.Tests.Erasure;

/// <summary>A database in which one device, one of many, stands in every table that can hold a device.</summary>
internal sealed class ErasureStage : IAsyncDisposable
{
    /// <summary>Keys whose digits occur nowhere else.</summary>
    public const long Device = 0x7A11C0DE5EED0001;
    public const long Neighbour = 0x7A11C0DE5EED0002;
    public const long User = 0x7A11C0DE5EEDFFF1;

    private ErasureStage(TestDatabase database)
    {
        Database = database;
        Writer = NewWriter();
        Fold = new FoldLoop(database.DataSource, new StorageOptions(), Clock, NullLogger<FoldLoop>.Instance);
        Erasures = new Erasures(database.DataSource, Clock);
    }

    public TestDatabase Database { get; }

    public ManualTimeProvider Clock { get; } = new(Some.Now);

    public BatchWriter Writer { get; }

    public FoldLoop Fold { get; }

    public Erasures Erasures { get; }

    public static async Task<ErasureStage> CreateAsync() => new(await TestDatabase.CreateAsync());

    /// <summary>A writer of another process.</summary>
    public BatchWriter NewWriter() => new(Database.DataSource, new StorageOptions(), NullLogger<BatchWriter>.Instance);

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>Old hours in sets, open hours as rows, old days in packs, today in rows, reports that are folded and reports that wait, quarantine, drops and the server's word: of both devices alike.</summary>
    public async Task FillAsync()
    {
        await KeepMinutesAsync();
        foreach (var device in new[] { Device, Neighbour })
        {
            await WriteAsync(Event(device, 1, daysAgo: 9), Event(device, 2, daysAgo: 2), Event(device, 3, daysAgo: 2) with { Segment = Some.Segment("2.0") });
            var aside = Some.Batch();
            aside.Quarantined.Add(new QuarantinedEvent("notes", device, Some.Now.AddDays(-60), "timestamp_out_of_range", "{}"));
            aside.Drops.Add(new ReportedDrop("notes", device, 5, "queue_full", 3));
            await Writer.WriteAsync(aside, CancellationToken.None);
            await new ServerLogWriter(Database.DataSource, NullLogger<ServerLogWriter>.Instance).WriteAsync("notes", [new(device, Some.Now, 3)], Some.Now, CancellationToken.None);
        }

        await Fold.FoldAsync(CancellationToken.None);
        await MoveHoursAsync();
        await PackAsync();
        foreach (var device in new[] { Device, Neighbour })
            await WriteAsync(Event(device, 4, daysAgo: 0));
        await Fold.FoldAsync(CancellationToken.None);
        await NotePausesAsync();
        foreach (var device in new[] { Device, Neighbour })
            await WriteAsync(Event(device, 5, daysAgo: 1), Event(device, 6, daysAgo: 0));
    }

    /// <summary>As if each hour of two days ago had many devices.</summary>
    private async Task KeepMinutesAsync()
    {
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "insert into synchealth.device_minute_hour (hour_at, is_complete) select synchealth.floor_to('1 hour', @at) + n * interval '1 hour', true from generate_series(-3, 3) n",
            new { at = Some.Now.AddDays(-2).UtcDateTime });
    }

    /// <summary>Moves the hours of devices that are over into their sets.</summary>
    public async Task MoveHoursAsync()
    {
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        await DeviceHourFold.FoldAsync(connection, Clock.GetUtcNow(), CancellationToken.None);
    }

    /// <summary>Writes habits down, as of a large fleet.</summary>
    private async Task NotePausesAsync()
    {
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync("select synchealth.note_pauses(app_id, @now) from synchealth.app where name = 'notes'", new { now = Clock.GetUtcNow().UtcDateTime });
    }

    public async Task<long> PackAsync()
    {
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        return await DevicePacks.PackAsync(connection, Packing.Everything, Clock.GetUtcNow(), CancellationToken.None);
    }

    public static EventRow Event(long device, long id, int daysAgo) =>
        Some.Event(device, id, (daysAgo * 86_400) + (int)id) with { UserKey = device == Device ? User : null, Seq = id, QueuedItems = 2 };

    public Task<WriteReceipt> WriteAsync(params EventRow[] events) => Writer.WriteAsync(Some.Batch(events), CancellationToken.None).AsTask();

    /// <summary>Tables and the number of their rows that show this key, as a number or as bytes, in whatever column. All tables of the schema are looked at.</summary>
    public async Task<SortedDictionary<string, long>> RowsOfAsync(long key)
    {
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        var tables = await connection.QueryAsync<string>(
            "select c.relname::text from pg_class c where c.relnamespace = 'synchealth'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition");
        var found = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            var rows = await connection.ExecuteScalarAsync<long>(
                $"select count(*) from synchealth.{table} t where t::text like any (@patterns)",
                new { patterns = new[] { $"%{key.ToString(CultureInfo.InvariantCulture)}%", $"%{key:x16}%" } });
            if (rows > 0)
                found.Add(table, rows);
        }

        return found;
    }

    /// <summary>Tables that can hold a device or a user: by the names of their columns.</summary>
    public async Task<IReadOnlyList<string>> TablesOfDevicesAsync()
    {
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        return [.. await connection.QueryAsync<string>("""
            select distinct c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relnamespace = 'synchealth'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
              and (a.attname in ('device_key', 'device_keys', 'user_key') or a.attname = 'keys' and a.atttypid = 'bytea'::regtype)
            order by 1
            """)];
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }

    /// <summary>Completes when <paramref name="count"/> sessions wait for an advisory lock.</summary>
    public async Task AdvisoryWaitersAsync(int count)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await ScalarAsync<long>("select count(*) from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())") < count)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, deadline.Token);
    }
}
