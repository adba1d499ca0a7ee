using SyncHealth.Client;
using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Loop;
using SyncHealth.SyncEngine.Store;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Support;

/// <summary>One device with a real engine, its own database, a file or in memory, and its own telemetry.</summary>
internal sealed class TestDevice : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("notes-").FullName;
    private readonly ManualTimeProvider _time;
    private readonly Uri _server;
    private readonly string _account;
    private readonly InMemoryDisk? _memory;
    private int _stateReads;

    public TestDevice(
        NotesServerFixture server, string name, string account = "ann", Action<EngineOptions>? configure = null, StoreKind store = StoreKind.Sqlite)
        : this(server.Address, server.Time, name, account, configure, store)
    {
    }

    public TestDevice(
        Uri server, ManualTimeProvider time, string name, string account = "ann", Action<EngineOptions>? configure = null, StoreKind store = StoreKind.Sqlite)
    {
        _memory = store == StoreKind.InMemory ? new InMemoryDisk() : null;
        (_server, _time, _account, Name) = (server, time, account, name);
        Configure = configure ?? (static _ => { });
        Telemetry = SyncTelemetry.Create(new SyncTelemetryOptions
        {
            Endpoint = new Uri("http://ingest.invalid"), Key = "demo", App = "notes", DeviceId = name, QueueInMemory = true, Handler = Ingest, TimeProvider = time,
        });
        Engine = Open();
    }

    public string Name { get; }

    public Action<EngineOptions> Configure { get; set; }

    public FaultyNetwork Network { get; } = new();

    public InstantClock Clock { get; } = new();

    public IngestProbe Ingest { get; } = new();

    public SyncTelemetry Telemetry { get; }

    /// <summary>How often the engine has looked at the network: a signal that a cycle came due.</summary>
    public int StateReads => Volatile.Read(ref _stateReads);

    public NetworkState State { get; set; } = new(SyncNetwork.Wifi, false);

    public NotesEngine Engine { get; private set; }

    public string DatabasePath => Path.Combine(_folder, "notes.db");

    /// <summary>The store that the engine was given; null when it has opened its file itself.</summary>
    public ILocalStore? Store { get; private set; }

    public Task<CycleResult> SyncAsync() => Engine.SyncAsync();

    /// <summary>As a crash and a new start of the app: nothing but the store survives.</summary>
    public void Restart()
    {
        Engine.Dispose();
        Engine = Open();
    }

    /// <summary>The conflicts that this device has reported so far, in order.</summary>
    public async Task<IReadOnlyList<ReportedConflict>> ReportedConflictsAsync()
    {
        Assert.True(await Telemetry.FlushAsync());
        return [.. Ingest.Events
            .Where(static item => item.TryGetProperty("conflicts", out _))
            .SelectMany(static item => item.GetProperty("conflicts").EnumerateArray().Select(ReportedConflict.Read))];
    }

    /// <summary>What this device has reported as put off so far, in order, as <c>reason count</c>.</summary>
    public async Task<IReadOnlyList<string>> ReportedDeferralsAsync()
    {
        Assert.True(await Telemetry.FlushAsync());
        return [.. Ingest.Events
            .Where(static item => item.TryGetProperty("deferred", out _))
            .SelectMany(static item => item.GetProperty("deferred").EnumerateArray().Select(static line => $"{line.GetProperty("reason")} {line.GetProperty("count")}"))];
    }

    public async ValueTask DisposeAsync()
    {
        Engine.Dispose();
        await Telemetry.DisposeAsync();
        Network.Dispose();
        _memory?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private NotesEngine Open()
    {
        Store = _memory?.Open(Name);
        var options = new EngineOptions
        {
            DatabasePath = DatabasePath, Store = Store, Server = _server, Account = _account, Device = Name, Handler = Network,
            Network = ReadState, TimeProvider = _time, CycleClock = Clock, RandomSeed = Name.Sum(character => character),
            Conflicts = { [EntityNames.Note] = new LastWriteWins() },
        };
        Configure(options);
        return NotesEngine.Open(options, Telemetry);
    }

    private NetworkState ReadState()
    {
        Interlocked.Increment(ref _stateReads);
        return State;
    }
}
