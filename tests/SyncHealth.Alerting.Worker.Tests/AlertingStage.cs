using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Receivers;
using SyncHealth.Alerting.Worker.Backtests;
using SyncHealth.Alerting.Worker.Channels;
using SyncHealth.Alerting.Worker.Evaluator;
using SyncHealth.Alerting.Worker.Outbox;
using SyncHealth.Contracts;
using SyncHealth.Storage;
using SyncHealth.Storage.Alerts;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Retention;
using SyncHealth.Storage.Verdicts;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;

namespace SyncHealth.Alerting.Worker.Tests;

/// <summary>Alerting as it runs in life, on a database and strict fakes of its own, at the pace of the test. A worker can be stopped and started again.</summary>
internal sealed class AlertingStage : IAsyncDisposable
{
    /// <summary>Time between two evaluations: coarser than in life, so that an hour costs thirty rounds.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(2);

    /// <summary>Attempts to write while the database is away: each may meet a session that was cut.</summary>
    private const int MostAttempts = 20;

    private readonly TestDatabase _database;
    private readonly FakeSite _site;
    private readonly string _secretFile = Path.GetTempFileName();
    private long _lastId;

    private AlertingStage(TestDatabase database, FakeSite site, ManualTimeProvider clock, ManualTimeProvider wall)
    {
        (_database, _site, Clock, Wall) = (database, site, clock, wall);
        Worker = StartWorker();
    }

    /// <summary>The shared clock.</summary>
    public ManualTimeProvider Clock { get; }

    /// <summary>The clock of leases and retries.</summary>
    public ManualTimeProvider Wall { get; }

    public ReceiverState Received => _site.State;

    public Uri Site => _site.Address;

    /// <summary>For files of a test; gone with it.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("alerting-stage-").FullName;

    /// <summary>Receivers of the kinds that no shipped rule names, leading to the fakes.</summary>
    public IReadOnlyList<ChannelOptions> OtherReceivers => _site.OtherReceivers;

    public ServiceProvider Worker { get; private set; }

    public IAlertReader Reader => Worker.GetRequiredService<IAlertReader>();

    /// <param name="database">Where it runs; null takes a database of its own on the suite's server.</param>
    public static async Task<AlertingStage> CreateAsync(TestDatabase? database = null)
    {
        var noon = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        var (clock, wall) = (new ManualTimeProvider(noon), new ManualTimeProvider(noon));
        var stage = new AlertingStage(database ?? await TestDatabase.CreateAsync(), await FakeSite.StartAsync(clock, wall), clock, wall);
        await stage.Worker.GetRequiredService<ReceiverPublication>().PublishAsync(CancellationToken.None);
        return stage;
    }

    public async ValueTask DisposeAsync()
    {
        await Worker.DisposeAsync();
        await _site.DisposeAsync();
        await _database.DisposeAsync();
        File.Delete(_secretFile);
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Ends the worker's process, as far as memory goes, and starts another.</summary>
    public async Task RestartAsync(Action<AlertingOptions>? configure = null)
    {
        await Worker.DisposeAsync();
        Worker = StartWorker(configure);
        await Worker.GetRequiredService<ReceiverPublication>().PublishAsync(CancellationToken.None);
    }

    public ServiceProvider StartWorker(Action<AlertingOptions>? configure = null)
    {
        var options = new AlertingOptions
        {
            AllowPrivateTargets = true, DeliveryClock = Wall, Interval = Interval, DashboardUrl = new Uri("https://sync.example.com/"),
        };
        foreach (var receiver in _site.Receivers)
            options.Receivers.Add(receiver);
        configure?.Invoke(options);

        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddSyncHealthStorage(new StorageOptions { ConnectionString = _database.ConnectionString, DeviceKeyFile = _secretFile });
        services.AddSyncHealthAlerting(options);
        return services.BuildServiceProvider();
    }

    /// <summary>One attempt of each of <paramref name="devices"/> devices, written as ingest would, now.</summary>
    public async Task SyncAsync(
        int devices, double failedShare = 0, int durationMs = 800, int queue = 0, TimeSpan late = default, string network = "cellular", string app = "notes", string version = "2.4.1",
        int firstDevice = 1000, (SyncErrorKind Kind, string Code) error = default)
    {
        var batch = new EventBatch { ReceivedAt = Clock.GetUtcNow() };
        batch.Profiles.Add(new DeviceProfile("", "{}"));
        for (var device = 0; device < devices; device++)
        {
            var isFailed = device < devices * failedShare;
            batch.Events.Add(new EventRow
            {
                Segment = new SegmentKey(app, "production", version, "android", "14", network, "delta", "foreground"),
                DeviceKey = firstDevice + device, HasDevice = true, IdHash = ++_lastId,
                DeviceAt = Clock.GetUtcNow() - late, EventAt = Clock.GetUtcNow() - late,
                Type = SyncType.Delta, Outcome = isFailed ? SyncOutcome.Failure : SyncOutcome.Success,
                ErrorKind = isFailed ? error.Kind : SyncErrorKind.None, ErrorCode = isFailed ? error.Code : null,
                DurationMs = durationMs, QueuedItems = queue,
            });
        }

        // A device that is told to come back does.
        WriteReceipt receipt;
        var attempts = 0;
        do
            receipt = await Worker.GetRequiredService<IEventWriter>().WriteAsync(batch, CancellationToken.None);
        while (receipt.Status == WriteStatus.Unavailable && ++attempts < MostAttempts);
        if (receipt.Status != WriteStatus.Committed)
            throw new InvalidOperationException($"The events were not written: {receipt}.");
    }

    /// <summary>Goes on with these rules instead of the shipped ones.</summary>
    public async Task UseRulesAsync(params string[] rules)
    {
        var file = await WriteRulesAsync(rules);
        await RestartAsync(options => options.RulesFile = file);
    }

    /// <summary>Writes rules to the file that <see cref="UseRulesAsync"/> uses.</summary>
    public async Task<string> WriteRulesAsync(params string[] rules)
    {
        var file = Path.Combine(Folder, "rules.yaml");
        await File.WriteAllTextAsync(file, $"rules:\n{string.Concat(rules.Select(rule => $"  - {rule}\n"))}");
        return file;
    }

    /// <summary>Evaluates every interval for <paramref name="time"/>, with <paramref name="each"/> before each round.</summary>
    public async Task PassAsync(TimeSpan time, Func<Task>? each = null, TimeSpan? step = null)
    {
        for (var end = Clock.GetUtcNow() + time; Clock.GetUtcNow() < end;)
        {
            Clock.Advance(step ?? Interval);
            if (each is not null)
                await each();
            await EvaluateAsync();
        }
    }

    /// <summary>A backtest over what the stage has stored.</summary>
    public Backtest Backtest() => new(Worker.GetRequiredService<AlertInputs>(), Worker.GetRequiredService<IVerdictReader>(), Worker.GetRequiredService<IInstallBaseReader>());

    public Task EvaluateAsync() => Worker.GetRequiredService<AlertEvaluator>().RunRoundAsync(CancellationToken.None);

    /// <summary>Lets every sender send what is due.</summary>
    public async Task DeliverAsync()
    {
        foreach (var sender in Worker.GetRequiredService<Senders>().All)
            while (await sender.SendNextAsync(CancellationToken.None))
                continue;
    }

    /// <summary>Breaches all three shipped rules until they fire and their notifications are due.</summary>
    public Task BreachAsync() => PassAsync(TimeSpan.FromMinutes(10), () => SyncAsync(100, failedShare: 0.5, durationMs: 90_000, queue: 1500));

    /// <summary>Sends good data until all three have resolved.</summary>
    public Task RecoverAsync() => PassAsync(TimeSpan.FromMinutes(20), () => SyncAsync(100));

    /// <summary>The outbox, as <c>receiver kind status</c>.</summary>
    public async Task<string[]> OutboxAsync()
    {
        await using var command = _database.DataSource.CreateCommand(
            "select receiver || ' ' || kind || ' ' || status from synchealth.alert_notification order by receiver, seq");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return [.. rows];
    }

    /// <summary>What the outbox holds, in the order of its making.</summary>
    public async Task<IReadOnlyList<AlertMessage>> MessagesAsync()
    {
        await using var command = _database.DataSource.CreateCommand("select message::text from synchealth.alert_notification order by created_at, alert_id, seq");
        await using var reader = await command.ExecuteReaderAsync();
        var messages = new List<AlertMessage>();
        while (await reader.ReadAsync())
            messages.Add(AlertJson.Read<AlertMessage>(reader.GetString(0)));
        return messages;
    }

    /// <summary>Folds what waits and keeps partitions, as the ingest role does about once a second and once an hour.</summary>
    public async Task MaintainAsync()
    {
        var options = new StorageOptions { ConnectionString = _database.ConnectionString, DeviceKeyFile = _secretFile };
        await new FoldLoop(_database.DataSource, options, Clock, NullLogger<FoldLoop>.Instance).FoldAsync(CancellationToken.None);
        await new MaintenanceLoop(_database.DataSource, options, Clock, NullLogger<MaintenanceLoop>.Instance).MaintainAsync(CancellationToken.None);
    }

    /// <summary>Ends every session with the database, whatever it is doing, as a server that crashes or fails over does.</summary>
    public async Task CutSessionsAsync()
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()", connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Forgets the stage's own sessions, which a server that went took with it. Workers have theirs.</summary>
    public void ForgetSessions() => _database.DataSource.Clear();

    /// <summary>Notifications that still have to be told.</summary>
    public async Task<long> CountWaitingAsync()
    {
        await using var command = _database.DataSource.CreateCommand("select count(*) from synchealth.alert_notification where status = 'waiting'");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Does something to the database that no program would.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var command = _database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>How long delivered notifications of a receiver took, on the wall clock.</summary>
    public async Task<TimeSpan[]> DelaysAsync(string receiver)
    {
        await using var command = _database.DataSource.CreateCommand(
            "select finished_at - created_at from synchealth.alert_notification where receiver = $1 and status = 'delivered' order by created_at, seq");
        command.Parameters.AddWithValue(receiver);
        await using var reader = await command.ExecuteReaderAsync();
        var delays = new List<TimeSpan>();
        while (await reader.ReadAsync())
            delays.Add(reader.GetTimeSpan(0));
        return [.. delays];
    }

    public async Task<string[]> StatesAsync() =>
        [.. (await Reader.ListActiveAsync(null, CancellationToken.None)).Select(alert => $"{alert.Rule} {alert.State}")];
}
