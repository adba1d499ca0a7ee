using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Conflicts.Replicated;
using SyncHealth.SyncEngine.Conflicts.Text;
using SyncHealth.SyncEngine.Loop;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncEngine.Store;
using SyncHealth.SyncEngine.Tests.Support;

namespace SyncHealth.SyncEngine.Tests.Simulation;

/// <summary>One replica: the engine's own store, outbox, cycle and strategies, on a disk that outlives its crashes.</summary>
internal sealed class SimulatedReplica : IDisposable
{
    public const string List = "list";
    public const string Counter = "count";

    private readonly VirtualTime _world;
    private readonly SimulatedServer _server;
    private readonly Schedule _schedule;
    private readonly FaultTally _faults;
    private readonly IDisk _disk;
    private readonly Random _chance;
    private SimulatedNetwork _network = null!;
    private VirtualCycleClock _clock = null!;
    private SyncCycle _cycle = null!;
    private Task<SyncFailure?> _running = Task.FromResult<SyncFailure?>(null);
    private int _lives;

    public SimulatedReplica(VirtualTime world, SimulatedServer server, Schedule schedule, FaultTally faults, int number, StoreKind store)
    {
        (_world, _server, _schedule, _faults) = (world, server, schedule, faults);
        Name = $"r{number}";
        Time = new SkewedTime(world);
        _chance = new Random(schedule.Seed * 31 + number);
        _disk = store == StoreKind.Sqlite ? new SqliteDisk() : new InMemoryDisk();
        Start();
    }

    public string Name { get; }

    public SkewedTime Time { get; }

    public SimulatedLink Link { get; } = new();

    public ILocalStore Store { get; private set; } = null!;

    public NotesRepository Notes { get; private set; } = null!;

    public ReplicatedRepository<OrSet> Lists { get; private set; } = null!;

    public ReplicatedRepository<GCounter> Counters { get; private set; } = null!;

    /// <summary>A cycle has begun and not ended.</summary>
    public bool IsSyncing => !_running.IsCompleted;

    /// <summary>Starts a cycle, unless one runs.</summary>
    public void Sync()
    {
        if (!IsSyncing)
            _running = _cycle.RunAsync(new CycleTally(), CancellationToken.None);
    }

    /// <summary>Why the last cycle could not go on; null when it did everything.</summary>
    public SyncFailure? Failure => _running.IsCompleted ? _running.GetAwaiter().GetResult() : null;

    /// <summary>Everything stops where it is; nothing but the store survives.</summary>
    public void Crash()
    {
        (_network.IsDead, _clock.IsDead) = (true, true);
        Store.Dispose();
        Start();
    }

    public void Dispose()
    {
        (_network.IsDead, _clock.IsDead) = (true, true);
        Store.Dispose();
        _disk.Dispose();
    }

    private void Start()
    {
        _lives++;
        var random = new Random(_schedule.Seed * 7919 + Name[1] * 101 + _lives);
        _network = new SimulatedNetwork(_world, _server, Name, _chance, Link, _faults);
        _clock = new VirtualCycleClock(_world);
        Store = _disk.Open(Name);
        var options = new EngineOptions
        {
            Store = Store, Server = new Uri("http://server.invalid/notes"), Account = "ann", Device = Name, Handler = _network, TimeProvider = Time,
            Delta = _schedule.Delta, PushLimit = 5, PageLimit = 4, RandomSeed = _schedule.Seed, Entities = { List, Counter },
            Conflicts =
            {
                [EntityNames.Note] = _schedule.IsMerging ? new FieldMerge() : new LastWriteWins(),
                [List] = new StateMerge<OrSet>(),
                [Counter] = new StateMerge<GCounter>(),
            },
        };
        var api = new NotesApi(options, new HttpClient(_network, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan }, _clock, random);
        _cycle = new SyncCycle(options, Store, api, random);
        _running = Task.FromResult<SyncFailure?>(null);
        Notes = new NotesRepository(Store, Name, Time, random);
        var agent = new TextAgent((ulong)_lives);
        Lists = new ReplicatedRepository<OrSet>(Store, List, options, agent, random, static () => { });
        Counters = new ReplicatedRepository<GCounter>(Store, Counter, options, agent, random, static () => { });
    }
}
