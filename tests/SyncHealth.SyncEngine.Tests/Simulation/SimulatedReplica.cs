using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Conflicts.Replicated;
using SyncHealth.SyncEngine.Conflicts.Text;
using SyncHealth.SyncEngine.Loop;
using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncEngine.Store;
using SyncHealth.SyncEngine.Tests.Support;

namespace SyncHealth.SyncEngine.Tests.Simulation;

/// <summary>One replica: the engine's own store, outbox, cycle and strategies, on a disk that outlives its crashes.</summary>
internal sealed class SimulatedReplica : IDisposable
{
    public const string List = "list";
    public const string Counter = "count";

    private static readonly BatchChoice Edits = BatchChoice.Edits with
    {
        Priorities = new Dictionary<string, OperationPriority> { [FieldWork.Photo] = OperationPriority.Low },
    };

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
    private readonly HashSet<string> _sentInCycle = new(StringComparer.Ordinal);
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

    public RecordRepository Jobs { get; private set; } = null!;

    public RecordRepository Tasks { get; private set; } = null!;

    public RecordRepository Photos { get; private set; } = null!;

    /// <summary>What this replica has done that it must not do; null for nothing.</summary>
    public string? Complaint { get; private set; }

    /// <summary>A cycle has begun and not ended.</summary>
    public bool IsSyncing => !_running.IsCompleted;

    /// <summary>Starts a cycle, unless one runs.</summary>
    public void Sync()
    {
        if (IsSyncing)
            return;
        _sentInCycle.Clear();
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
        _network = new SimulatedNetwork(_world, _server, Name, _chance, Link, _faults, CheckBulk);
        _clock = new VirtualCycleClock(_world);
        Store = _disk.Open(Name);
        var options = new EngineOptions
        {
            Store = Store, Server = new Uri("http://server.invalid/notes"), Account = "ann", Device = Name, Handler = _network, TimeProvider = Time,
            Delta = _schedule.Delta, PushLimit = 5, PageLimit = 4, RandomSeed = _schedule.Seed,
            BulkLimit = 2, Network = () => new NetworkState(SyncNetwork.Unknown, Link.IsMetered),
            Entities = { List, Counter, FieldWork.Job, FieldWork.Task, FieldWork.Photo },
            Priorities = { [FieldWork.Photo] = OperationPriority.Low },
            Conflicts =
            {
                [EntityNames.Note] = NoteStrategy(),
                [FieldWork.Job] = NoteStrategy(),
                [FieldWork.Task] = NoteStrategy(),
                [FieldWork.Photo] = NoteStrategy(),
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
        Jobs = new RecordRepository(Store, FieldWork.Job, options, random, static _ => { });
        Tasks = new RecordRepository(Store, FieldWork.Task, options, random, static _ => { });
        Photos = new RecordRepository(Store, FieldWork.Photo, options, random, static _ => { });
    }

    private IConflictStrategy NoteStrategy() => _schedule.IsMerging ? new FieldMerge() : new LastWriteWins();

    /// <summary>In a cycle bulk leaves where the network is free, and when no edit is left that may leave. A retry of the same request asks no more.</summary>
    private void CheckBulk(string key, PushRequest push)
    {
        if (!_sentInCycle.Add(key) || !push.Operations.Any(static operation => RecordId.EntityOf(operation.Id) == FieldWork.Photo))
            return;
        if (Link.IsMetered)
            Complaint ??= $"{Name} sends bulk over a network that costs something";
        if (Store.Read(static transaction => transaction.Outbox.Open(Edits, limit: 1)) is [var waits])
            Complaint ??= $"{Name} sends bulk while {waits.Operation.NoteId} waits";
    }
}
