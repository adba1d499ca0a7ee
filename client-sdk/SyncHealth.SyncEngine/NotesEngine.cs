using System.Runtime.CompilerServices;
using SyncHealth.Client;
using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Attachments;
using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Conflicts.Replicated;
using SyncHealth.SyncEngine.Conflicts.Text;
using SyncHealth.SyncEngine.Loop;
using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncEngine.Store;
using SyncHealth.SyncEngine.Store.Sqlite;
using SyncHealth.SyncEngine.Triggers;

namespace SyncHealth.SyncEngine;

/// <summary>An offline-first notes app without its pages: local data, outbox, and a sync engine that reports every cycle.</summary>
public sealed class NotesEngine : IDisposable
{
    private readonly EngineOptions _options;
    private readonly SyncTelemetry _telemetry;
    private readonly ILocalStore _store;
    private readonly HttpClient _http;
    private readonly SyncCycle _cycle;
    private readonly SyncRunner _runner;
    private readonly TriggerLoop _triggers;
    private readonly DeferralLog _deferrals = new();
    private readonly ChangeSignal _changed = new();
    private readonly SharedRandom _random;
    private readonly TextAgent _agent;

    private NotesEngine(EngineOptions options, SyncTelemetry telemetry, ILocalStore store)
    {
        _options = options;
        _telemetry = telemetry;
        _store = store;
        _http = new HttpClient(options.Handler ?? new SocketsHttpHandler(), disposeHandler: options.Handler is null) { Timeout = Timeout.InfiniteTimeSpan };

        _random = new SharedRandom(options.RandomSeed);
        _agent = TextAgent.Of(options.Device, options.TimeProvider.GetUtcNow());
        var clock = options.CycleClock ?? new CycleClock(options.TimeProvider);
        var api = new NotesApi(options, _http, clock, _random);
        _cycle = new SyncCycle(options, store, api, _random);
        Notes = new NotesRepository(store, options.Device, options.TimeProvider, _random);
        Conflicts = new ManualConflicts(store, options.Device, options.TimeProvider);
        _runner = new SyncRunner(options, store, _cycle, telemetry, clock, _deferrals);
        _triggers = new TriggerLoop(options, _runner, api.OpenUntil, _deferrals, _random);
    }

    /// <summary>Raised after each cycle.</summary>
    public event Action<CycleResult>? CycleFinished;

    /// <summary>The app's data.</summary>
    public NotesRepository Notes { get; }

    /// <summary>Conflicts that the app has to settle.</summary>
    public ManualConflicts Conflicts { get; }

    /// <summary>Opens the local store; nothing is sent before <see cref="RunAsync"/> or <see cref="SyncAsync"/>.</summary>
    /// <exception cref="ArgumentException">
    /// An option is missing or wrong, or an entity has no conflict strategy; the message names it. Entities whose edits wait from an earlier start count too.
    /// Or the local database is another account's.
    /// </exception>
    /// <exception cref="StoreException">The local database cannot be opened.</exception>
    /// <exception cref="InvalidOperationException">The local database was written by a newer version of the app.</exception>
    public static NotesEngine Open(EngineOptions options, SyncTelemetry telemetry)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(telemetry);
        options.Validate();
        var store = options.Store ?? SqliteStore.Open(options.DatabasePath, options.Device);
        try
        {
            options.RequireStrategies(store.Read(static transaction => transaction.Outbox.Entities()));
            StoreOwner.Claim(store, options.Account);
        }
        catch when (options.Store is null)
        {
            store.Dispose();
            throw;
        }

        var engine = new NotesEngine(options, telemetry, store);
        engine.Connect();
        return engine;
    }

    /// <summary>The records of an entity whose strategy is a <see cref="StateMerge{T}"/> of the same state.</summary>
    /// <exception cref="ArgumentException">The entity is not declared so.</exception>
    public ReplicatedRepository<T> Replicated<T>(string entity)
        where T : class, IReplicated<T>
    {
        if (!_options.Entities.Contains(entity) || _options.Conflicts[entity] is not StateMerge<T>)
            throw new ArgumentException($"'{entity}' is not among {nameof(EngineOptions)}.{nameof(EngineOptions.Entities)} with a strategy for {typeof(T).Name}.", nameof(entity));
        return new ReplicatedRepository<T>(_store, entity, _options, _agent, _random, () => _triggers.Edited(_options.PriorityOf(entity)));
    }

    /// <summary>The records of an entity with a title and a body.</summary>
    /// <exception cref="ArgumentException">The entity is not declared, or has a replicated state in place of them.</exception>
    public RecordRepository Records(string entity)
    {
        if (!_options.Entities.Contains(entity) || _options.Conflicts[entity].GetType().IsGenericType)
            throw new ArgumentException($"'{entity}' is not among {nameof(EngineOptions)}.{nameof(EngineOptions.Entities)} with a strategy for titles and bodies.", nameof(entity));
        return new RecordRepository(_store, entity, _options, _random, _triggers.Edited);
    }

    /// <summary>Attachments, where they are declared.</summary>
    /// <exception cref="InvalidOperationException">They are not; see <see cref="EngineOptions.UseAttachments"/>.</exception>
    public AttachmentRepository Attachments() => _options.Entities.Contains(EntityNames.AttachmentChunk)
        ? new AttachmentRepository(_store, _options, _random, _triggers.Edited)
        : throw new InvalidOperationException($"Attachments are not declared: {nameof(EngineOptions)}.{nameof(EngineOptions.UseAttachments)}.");


    /// <summary>Where the data stands, computed from what is stored: it never claims more than that.</summary>
    public EngineStatus Status()
    {
        var (state, depth) = ReadStored();
        return StatusOf(state, depth, _options.TimeProvider.GetUtcNow());
    }

    /// <summary>Where the data stands now, and again whenever that has changed, also when it has only grown old. Two that follow one another differ.</summary>
    public async IAsyncEnumerable<EngineStatus> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        EngineStatus? last = null;
        while (true)
        {
            var changed = _changed.Next;
            var now = _options.TimeProvider.GetUtcNow();
            var (state, depth) = ReadStored();
            var status = StatusOf(state, depth, now);
            if (status != last)
                yield return last = status;
            await WaitAsync(changed, status.State == DataState.Synced ? DataStates.FreshFor(state, now, _options.StaleAfter) : Timeout.InfiniteTimeSpan, cancellationToken);
        }
    }

    /// <summary>Syncs as triggers come due.</summary>
    /// <param name="stop">No further cycle starts; the running one may finish, and the task completes after it.</param>
    /// <param name="abort">Cancels the running cycle too.</param>
    public Task RunAsync(CancellationToken stop, CancellationToken abort = default)
    {
        var triggers = _options.Triggers;
        triggers.Scheduler?.Keep(new BackgroundJob(BackgroundJob.SyncName, triggers.Period, triggers.Constraints));
        return _triggers.RunAsync(stop, abort);
    }

    /// <summary>
    /// A scheduled sync, run by the system's scheduler: the body of a WorkManager worker or a BGTask. Looks at its constraints itself, since not every
    /// scheduler knows them. Failures are in the answer.
    /// </summary>
    public async Task<JobVerdict> RunJobAsync(CancellationToken cancellationToken = default)
    {
        if (_options.Triggers.Constraints.Unmet(_options.Network(), _options.Power()) is { } reason)
        {
            _deferrals.Note(reason);
            return JobVerdict.Deferred;
        }

        var result = await _runner.RunAsync(SyncTrigger.Scheduled, cancellationToken);
        return result.IsSuccess ? JobVerdict.Done : JobVerdict.Retry;
    }

    /// <summary>The app was opened: reports a heartbeat and syncs unless that has just happened.</summary>
    public void Opened()
    {
        var status = Status();
        _telemetry.Opened(status.Outbox.Waiting, status.LastSuccessAt);
        _triggers.Opened(status.LastSuccessAt);
    }

    /// <summary>The app came to the foreground: syncs unless that has just happened.</summary>
    public void Foregrounded() => _triggers.Foregrounded(Status().LastSuccessAt);

    /// <summary>The network came back.</summary>
    public void Reconnected() => _triggers.Reconnected();

    /// <summary>The network costs something now or does not any more, the charger was plugged in: what waited for that goes on when it may.</summary>
    public void ConditionsChanged() => _triggers.ConditionsChanged();

    /// <summary>Syncs now, or joins the running cycle: pull-to-refresh, the retry button. Failures are in the result.</summary>
    public Task<CycleResult> SyncAsync(SyncTrigger trigger = SyncTrigger.User, CancellationToken cancellationToken = default) =>
        _runner.RunAsync(trigger, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _store.Committed -= _changed.Raise;
        Notes.Close();
        if (_options.Store is null)
            _store.Dispose();
    }

    private void Connect()
    {
        Notes.Edited += () => _triggers.Edited(_options.PriorityOf(EntityNames.Note));
        Conflicts.Settled += () => _triggers.Edited(OperationPriority.Medium);
        _store.Committed += _changed.Raise;
        _triggers.Changed += _changed.Raise;
        // Both tell the triggers, which tell who watches: the running flag has changed by then.
        _runner.Starting += _triggers.Started;
        _runner.Finished += result =>
        {
            _triggers.Finished(result);
            CycleFinished?.Invoke(result);
        };
    }

    private (SyncState State, OutboxDepth Depth) ReadStored() =>
        _store.Read(static transaction => (transaction.State.Read(), transaction.Outbox.Depth()));

    private EngineStatus StatusOf(SyncState state, OutboxDepth depth, DateTimeOffset now) =>
        new(DataStates.Of(state, depth, _runner.IsRunning, now, _options.StaleAfter), depth, state.LastSuccessAt, state.FailuresSince, _triggers.Next, _cycle.Full);

    private async Task WaitAsync(Task changed, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(changed, Task.Delay(atMost, _options.TimeProvider, end.Token));
        // Frees the timer when the change came first.
        await end.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}
