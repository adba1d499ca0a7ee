using System.Globalization;
using SyncHealth.Client;
using SyncHealth.Contracts;
using SyncHealth.Fleet.Clock;
using SyncHealth.Fleet.Networks;
using SyncHealth.SyncEngine;
using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Store;

namespace SyncHealth.Samples.Notes.Phones;

/// <summary>One phone: a real engine on a database file of its own, reporting through a telemetry client of its own, behind a network that a person switches.</summary>
public sealed class Phone : IAsyncDisposable
{
    /// <summary>Notes on the screen.</summary>
    public const int MaxNotes = 50;

    /// <summary>Conflicts on the screen.</summary>
    public const int MaxConflicts = 5;

    /// <summary>Real time limit of one request: what somebody watches rather than the engine's 15 s.</summary>
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Bound of the waits between retries inside a cycle, in real time.</summary>
    private static readonly TimeSpan RetryWait = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait of a report for a fuller batch: whoever looks at the dashboard expects it there.</summary>
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);

    /// <summary>How long reports may take to leave when the network is back, before that is left to the telemetry itself.</summary>
    private static readonly TimeSpan FlushWithin = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _end = new();
    private readonly NotesSampleOptions _sample;
    private readonly TimeProvider _clock;
    private readonly HttpMessageInvoker _wire = new(new SocketsHttpHandler { UseCookies = false });
    private readonly EngineOptions _options;
    private readonly SyncTelemetry _telemetry;
    private readonly NotesEngine _engine;
    private volatile Link _link = PhoneLinks.Of(PhoneNetwork.Wifi);
    private volatile LastCycle? _last;
    private double _speed;
    private Task _life = Task.CompletedTask;
    private Task _pacing = Task.CompletedTask;

    private Phone(PhoneId id, string deviceId, string folder, NotesSampleOptions sample, TimeProvider clock)
    {
        (Id, DeviceId, Folder, _sample, _clock) = (id, deviceId, folder, sample, clock);
        var device = new DeviceTimeProvider(clock, TimeProvider.System);
        var seed = deviceId.Aggregate(17, static (hash, character) => unchecked((hash * 31) + character));
        _telemetry = SyncTelemetry.Create(TelemetryOptions(device, seed));
        _options = EngineOptions(device, seed);
        _speed = sample.Speed();
        PersonalPace.Set(_options, _speed);
        _engine = NotesEngine.Open(_options, _telemetry);
        _engine.CycleFinished += result => _last = new LastCycle(result, clock.GetUtcNow());
    }

    /// <summary>Raised when what the screen shows may have changed, on whatever thread noticed.</summary>
    public event Action? Changed;

    public PhoneId Id { get; }

    /// <summary>Id of this install: a phone that was put away and is taken up again is a new one.</summary>
    public string DeviceId { get; }

    /// <summary>Folder of its databases.</summary>
    public string Folder { get; }

    /// <summary>Position of the switch.</summary>
    public PhoneNetwork Network { get; private set; } = PhoneNetwork.Wifi;

    /// <summary>Switches a new phone on; its app opens.</summary>
    internal static Phone Start(PhoneId id, string deviceId, string folder, NotesSampleOptions sample, TimeProvider clock)
    {
        var phone = new Phone(id, deviceId, folder, sample, clock);
        phone._life = Task.WhenAll(
            phone._engine.RunAsync(phone._end.Token, phone._end.Token),
            phone.FollowAsync(phone._engine.Notes.WatchAsync(MaxNotes, phone._end.Token)),
            phone.FollowAsync(phone._engine.WatchAsync(phone._end.Token)));
        phone._engine.Opened();
        return phone;
    }

    /// <summary>Everything on the screen, from what is stored on the phone: with the network down it costs the same.</summary>
    public PhoneView Look()
    {
        var status = _engine.Status();
        var now = _clock.GetUtcNow();
        var books = _telemetry.Status;
        return new PhoneView
        {
            Id = Id,
            Network = Network,
            Now = now,
            Status = status,
            NextIn = status.Next.At > now ? (status.Next.At - now) / _speed : TimeSpan.Zero,
            Notes = _engine.Notes.List(MaxNotes),
            Conflicts = _engine.Notes.Conflicts(MaxConflicts),
            Strategy = _options.Conflicts[EntityNames.Note].Name,
            Last = _last,
            Recorded = books.Issued,
            Reported = books.Sent,
        };
    }

    /// <summary>Another network. Where it is better than the one before, the engine hears of it, and what was recorded meanwhile leaves.</summary>
    public async Task SwitchAsync(PhoneNetwork network)
    {
        var wasBad = Network >= PhoneNetwork.LieFi;
        (Network, _link) = (network, PhoneLinks.Of(network));
        Changed?.Invoke();
        if (network == PhoneNetwork.Offline || !wasBad)
            return;
        _engine.Reconnected();
        await _telemetry.FlushAsync(FlushWithin);
        Changed?.Invoke();
    }

    /// <summary>Pull-to-refresh, the refresh button, the retry button. What came of it is on the screen.</summary>
    public Task RefreshAsync(SyncTrigger trigger) => _engine.SyncAsync(trigger, _end.Token);

    /// <summary>Adds a note: it is on the screen at once, and waits to be sent.</summary>
    public void Write(string title, string body) => _engine.Notes.Create(title, body);

    /// <summary>Changes a note, unless it has gone meanwhile.</summary>
    public void Change(string noteId, string title, string body) => _engine.Notes.Update(noteId, title, body);

    public void Delete(string noteId) => _engine.Notes.Delete(noteId);

    /// <summary>Brings back what lost a conflict: as an edit of its note, or as a new one where that was deleted.</summary>
    public void TakeBack(SettledConflict conflict)
    {
        ArgumentNullException.ThrowIfNull(conflict);
        if (_engine.Notes.Update(conflict.NoteId, conflict.Title, conflict.Body) is null)
            _engine.Notes.Create(conflict.Title, conflict.Body);
    }

    /// <summary>When the shared clock has changed its speed: waits are set anew, and a sync makes a new plan with them.</summary>
    internal void KeepPace()
    {
        var speed = _sample.Speed();
        if (speed == _speed)
            return;
        _speed = speed;
        PersonalPace.Set(_options, speed);
        _pacing = RefreshAsync(SyncTrigger.Scheduled);
    }

    /// <summary>Switches it off; its files are for the shelf to remove.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_life, _pacing);
        _engine.Dispose();
        await _telemetry.DisposeAsync();
        _wire.Dispose();
        _end.Dispose();
    }

    private async Task FollowAsync<T>(IAsyncEnumerable<T> stream)
    {
        try
        {
            await foreach (var _ in stream)
                Changed?.Invoke();
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The phone is switched off.
        }
    }

    private SimulatedNetwork Radio(int seed) =>
        new(() => _link, static (duration, cancellationToken) => Task.Delay(duration, TimeProvider.System, cancellationToken), new Random(seed), _wire);

    private EngineOptions EngineOptions(DeviceTimeProvider device, int seed) => new()
    {
        DatabasePath = Path.Combine(Folder, "notes.db"),
        Server = new Uri(_sample.Platform(), _sample.NotesPath),
        Account = Account,
        Device = DeviceId,
        Handler = Radio(seed),
        Network = () => _link.State,
        TimeProvider = device,
        CycleClock = new PersonalPace(device),
        RandomSeed = seed,
        Conflicts = { [EntityNames.Note] = Id.Notebook == Notebook.FieldMerge ? new FieldMerge() : new LastWriteWins() },
        RequestTimeout = RequestTimeout,
        MaxRetries = 1,
        FirstRetryWait = RetryWait,
        LongestRetryWait = RetryWait,
    };

    private SyncTelemetryOptions TelemetryOptions(DeviceTimeProvider device, int seed)
    {
        var options = new SyncTelemetryOptions
        {
            Endpoint = _sample.Platform(),
            Key = _sample.Key,
            App = NotesSample.App,
            AppVersion = "1.0.0",
            Os = "android",
            OsVersion = "15",
            // The shipped alert rules read production: a visitor who switches the network off wakes nobody.
            Environment = "try",
            DeviceId = DeviceId,
            DeviceModel = Id.Name,
            UserRef = Account,
            QueueDirectory = Folder,
            BatchInterval = ReportInterval,
            TimeProvider = device,
            Handler = Radio(unchecked(seed + 1)),
            RandomSeed = seed,
        };
        options.Tags.Add("phone", Id.Letter.ToString(CultureInfo.InvariantCulture));
        return options;
    }

    private string Account => Id.Notebook == Notebook.FieldMerge ? "try-merge" : "try";
}
