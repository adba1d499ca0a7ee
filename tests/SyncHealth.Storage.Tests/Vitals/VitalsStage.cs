using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Retention;
using SyncHealth.Storage.Verdicts;
using SyncHealth.Storage.Vitals;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

/// <summary>A database with the real writer, fold and snapshot loop on a manual clock, and the readers under test.</summary>
internal sealed class VitalsStage : IAsyncDisposable
{
    /// <summary>Nobody waits for these answers, so no batch is refused for having stood in line.</summary>
    private static readonly TimeSpan PatientQueue = TimeSpan.FromMinutes(5);

    private readonly TestDatabase _database;
    private readonly BatchWriter _writer;
    private readonly FoldLoop _fold;
    private readonly MaintenanceLoop _maintenance;
    private readonly FleetSnapshotLoop _snapshots;

    private VitalsStage(TestDatabase database, DateTimeOffset now)
    {
        _database = database;
        Clock = new ManualTimeProvider(now);
        var options = new StorageOptions { MaxQueueDelay = PatientQueue };
        _writer = new BatchWriter(database.DataSource, options, NullLogger<BatchWriter>.Instance);
        _fold = new FoldLoop(database.DataSource, options, Clock, NullLogger<FoldLoop>.Instance);
        _maintenance = new MaintenanceLoop(database.DataSource, options, Clock, NullLogger<MaintenanceLoop>.Instance);
        _snapshots = new FleetSnapshotLoop(database.DataSource, Clock, NullLogger<FleetSnapshotLoop>.Instance);
        Reader = new VitalsReader(database.DataSource);
        Devices = new DeviceReader(database.DataSource);
        Releases = new ReleaseReader(database.DataSource);
        Verdicts = new VerdictReader(database.DataSource);
        Installs = new InstallBaseReader(database.DataSource);
        Gaps = new GapReader(database.DataSource);
        Apps = new AppReader(database.DataSource);
    }

    /// <summary>A Wednesday, 14:37:20: no bound of anything.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 3, 4, 14, 37, 20, TimeSpan.Zero);

    public ManualTimeProvider Clock { get; }

    public VitalsReader Reader { get; }

    public DeviceReader Devices { get; }

    public ReleaseReader Releases { get; }

    public VerdictReader Verdicts { get; }

    public InstallBaseReader Installs { get; }

    public GapReader Gaps { get; }

    public AppReader Apps { get; }

    public Npgsql.NpgsqlDataSource DataSource => _database.DataSource;

    public DateTimeOffset Now => Clock.GetUtcNow();

    public static async Task<VitalsStage> CreateAsync(DateTimeOffset? now = null)
    {
        var stage = new VitalsStage(await TestDatabase.CreateAsync(), now ?? Start);
        await stage._maintenance.MaintainAsync(TestContext.Current.CancellationToken);
        return stage;
    }

    /// <summary>Commits each attempt at the moment it says it was received, in that many batches, which stand in line together.</summary>
    public async Task CommitAsync(params IEnumerable<Attempt> attempts)
    {
        var receipts = await Task.WhenAll(attempts.GroupBy(attempt => attempt.ReceivedAt).Select(batch => WriteAsync(batch.Key, batch)));
        Assert.All(receipts, receipt => Assert.Equal(WriteStatus.Committed, receipt.Status));
    }

    public Task FoldAsync() => _fold.FoldAsync(TestContext.Current.CancellationToken);

    /// <summary>Promotes a tag of the app, as of a moment.</summary>
    public async Task PromoteAsync(string tag, DateTimeOffset at)
    {
        await using var connection = await DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync("insert into synchealth.app (name, first_seen_at) values ('notes', @at) on conflict do nothing", new { at = at.UtcDateTime });
        await connection.ExecuteAsync("select synchealth.promote_tag('notes', @tag, @at)", new { tag, at = at.UtcDateTime });
    }

    /// <summary>Devices of which nothing is known but that they were there once, as the fold leaves them.</summary>
    public async Task AddIdleDevicesAsync(int count)
    {
        await using var connection = await DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync(
            """
            insert into synchealth.device_state (
                device_key, app_id, first_seen_at, last_seen_at, last_received_at, last_seq, last_hash, clock_offset_ms, segment_id, profile_id, queue_depth)
            select 1000000 + n, a.app_id, @at, @at, @at, 0, 0, 0, (select min(segment_id) from synchealth.segment), (select min(profile_id) from synchealth.device_profile), 0
            from synchealth.app a, generate_series(1, @count) n where a.name = 'notes'
            """,
            new { count, at = Now.AddDays(-60).UtcDateTime });
    }

    public Task SnapshotAsync() => _snapshots.TakeAsync(TestContext.Current.CancellationToken);

    /// <summary>
    /// Packs every row of devices, every minute and arrival older than rules ask for, and every fine hour that is over, however few there are, and shortens the sketches of what is
    /// over; returns the rows packed.
    /// </summary>
    public async Task<long> PackAsync()
    {
        await using var connection = await DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await EndedSketches.CompactAsync(connection, Now, TestContext.Current.CancellationToken);
        return await DevicePacks.PackAsync(connection, Packing.Everything, Now, TestContext.Current.CancellationToken)
            + await ArrivalPacks.PackAsync(connection, new StorageOptions(), leastRows: 1, Now, TestContext.Current.CancellationToken)
            + await MinutePacks.PackAsync(connection, new StorageOptions(), Packing.Everything, Now, TestContext.Current.CancellationToken)
            + await FineHourPacks.PackAsync(connection, Packing.Everything, Now, TestContext.Current.CancellationToken);
    }

    public Task MaintainAsync() => _maintenance.MaintainAsync(TestContext.Current.CancellationToken);

    /// <summary>A question about the last <paramref name="back"/> up to now.</summary>
    public VitalsQuery Ask(TimeSpan back, TimeSpan? step = null, string by = "", params IReadOnlyList<DimensionFilter> filters) => new()
    {
        App = "notes",
        From = Now - back,
        To = Now,
        Now = Now,
        Step = step,
        By = by.Split(',', StringSplitOptions.RemoveEmptyEntries),
        Filters = filters,
    };

    public async Task<VitalsAnswer> ReadAsync(VitalsQuery query)
    {
        var answer = await Reader.ReadAsync(query, TestContext.Current.CancellationToken);
        Assert.NotNull(answer);
        return answer;
    }

    /// <summary>The one point of a question without grouping and step.</summary>
    public async Task<VitalsPoint> ReadOneAsync(VitalsQuery query) =>
        Assert.Single(Assert.Single((await ReadAsync(query)).Groups).Points);

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _database.DisposeAsync();
    }

    private Task<WriteReceipt> WriteAsync(DateTimeOffset receivedAt, IEnumerable<Attempt> attempts)
    {
        var events = new EventBatch { ReceivedAt = receivedAt };
        foreach (var attempt in attempts)
            attempt.AddTo(events);
        return _writer.WriteAsync(events, TestContext.Current.CancellationToken).AsTask();
    }
}
