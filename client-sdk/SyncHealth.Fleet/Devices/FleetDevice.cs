using SyncHealth.Client;
using SyncHealth.Contracts;
using SyncHealth.Fleet.Behaviour;
using SyncHealth.Fleet.Clock;
using SyncHealth.Fleet.Networks;
using SyncHealth.Fleet.Scenarios;
using SyncHealth.SyncEngine;
using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Loop;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncEngine.Triggers;

namespace SyncHealth.Fleet.Devices;

/// <summary>One simulated device: a real engine on a database file of its own, reporting through a telemetry client of its own.</summary>
internal sealed class FleetDevice : IAsyncDisposable
{
    /// <summary>Recent notes that a person picks from.</summary>
    private const int RecentNotes = 20;

    /// <summary>Operations of one push: an import of a thousand notes leaves in a handful of requests.</summary>
    private const int PushLimit = 200;

    private readonly DeviceProfile _profile;
    private readonly FleetEnvironment _fleet;
    private readonly NetworkTimeline _timeline;
    private readonly Outage? _outage;
    private readonly SimulatedNetwork _telemetryNetwork;
    private readonly NotesEngine _engine;
    private readonly FieldWork? _fieldWork;
    private volatile Release _release;
    private volatile bool _isSilent;

    public FleetDevice(DeviceProfile profile, FleetEnvironment fleet)
    {
        (_profile, _fleet) = (profile, fleet);
        _release = fleet.Scenario.ReleaseAt(profile.Installed, profile.Eagerness, fleet.Now);
        _outage = fleet.Scenario.OutageOf(profile.Region);
        _timeline = new NetworkTimeline(
            fleet.Scenario.HabitOf(profile.Persona), RandomFor(SeedPurpose.Timeline), fleet.Scenario.AbsenceOf(profile.Persona), FieldDay);
        var clock = new DeviceTimeProvider(fleet.Time, TimeProvider.System, fleet.Scenario.SkewOf(profile));
        // Telemetry leaves beside the cycles: its waits pass on the fleet's clock and belong to no cycle's duration.
        _telemetryNetwork = new SimulatedNetwork(
            CurrentLink, (duration, cancellationToken) => Task.Delay(duration, fleet.Time, cancellationToken), RandomFor(SeedPurpose.TelemetryTransport), fleet.Network);
        Telemetry = SyncTelemetry.Create(TelemetryOptions(clock));
        _engine = NotesEngine.Open(EngineOptions(clock), Telemetry);
        _engine.CycleFinished += OnCycleFinished;
        _fieldWork = FieldDay is null ? null : new FieldWork(_engine);
    }

    public SyncTelemetry Telemetry { get; }

    /// <summary>Whether nothing of the device reaches anybody any more: it has stopped for good, or its release is shut out.</summary>
    public bool IsUnheard => _isSilent || IsLockedOut;

    private bool IsLockedOut => _fleet.Scenario.IsLockedOut(_release, _fleet.Now);

    private FieldService? FieldDay => _fleet.Scenario.FieldOf(_profile.Persona);

    private string Folder => Path.Combine(_fleet.Options.DataFolder, _profile.DeviceId);

    /// <summary>Lives the device's life until <paramref name="stop"/>; a cycle that runs then may finish, until <paramref name="abort"/>.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var death = CancellationTokenSource.CreateLinkedTokenSource(abort);
        var script = new DeviceScript(
            RandomFor(SeedPurpose.Script), _profile.FirstOpen, _fleet.StartedAt.TimeOfDay, _profile.Persona.ImportsEvery, _fleet.Scenario.StormOf(_profile),
            photographs: FieldDay is not null);
        _fleet.Ledger.DeviceStarted();
        await Task.WhenAll(
            _engine.RunAsync(end.Token, death.Token), UseAsync(script, end.Token, death.Token), WatchNetworkAsync(end.Token), WatchServerAsync(end.Token),
            FallSilentAsync(end, death, stop));
    }

    /// <summary>Sends what telemetry is left, past the modelled network: the end of a run is no part of the model.</summary>
    public Task<bool> FlushAsync(CancellationToken cancellationToken)
    {
        _telemetryNetwork.Bypass();
        return Telemetry.FlushAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _engine.Dispose();
        await Telemetry.DisposeAsync();
    }

    private async Task UseAsync(DeviceScript script, CancellationToken stop, CancellationToken abort)
    {
        foreach (var step in script.Steps())
        {
            await _fleet.WaitUntilAsync(step.At, stop);
            if (stop.IsCancellationRequested)
                return;
            await PerformAsync(step, abort);
        }
    }

    private async Task PerformAsync(DeviceStep step, CancellationToken abort)
    {
        switch (step.Action)
        {
            case DeviceAction.Open:
                _fleet.Ledger.AppOpened();
                _engine.Opened();
                break;
            case DeviceAction.Refresh:
                await _engine.SyncAsync(SyncTrigger.User, abort);
                break;
            case DeviceAction.Import:
                Import(step);
                break;
            case var _ when _fieldWork is not null:
                _fieldWork.Perform(step);
                break;
            case DeviceAction.Create:
                _engine.Notes.Create(Title(step), Body(step.Size));
                break;
            default:
                Change(step);
                break;
        }
    }

    /// <summary>The list to import comes from the web: without a network that carries it there is nothing to import.</summary>
    private void Import(DeviceStep step)
    {
        if (CurrentLink().Kind is LinkKind.Wifi or LinkKind.Cellular)
            _engine.Notes.CreateMany([.. Enumerable.Range(1, step.Size).Select(number => ($"import {number}", ""))]);
    }

    /// <summary>People go back to what they touched last, so the devices of one account often meet at one note.</summary>
    private void Change(DeviceStep step)
    {
        var recent = _engine.Notes.List(RecentNotes);
        if (recent.Count == 0)
        {
            _engine.Notes.Create(Title(step), Body(step.Size));
            return;
        }

        var note = recent[(int)(step.Pick * step.Pick * recent.Count)];
        if (step.Action == DeviceAction.Delete)
            _engine.Notes.Delete(note.Id);
        else
            _engine.Notes.Update(note.Id, IsOfTitle(step) ? Title(step) : note.Content.Title, IsOfTitle(step) ? note.Content.Body : Body(step.Size));
    }

    /// <summary>As the system kills an app: in the middle of whatever it was doing, and what it had recorded stays where it is.</summary>
    private async Task FallSilentAsync(CancellationTokenSource end, CancellationTokenSource death, CancellationToken stop)
    {
        if (_fleet.Scenario.SilentFrom(_profile) is not { } at)
            return;
        await _fleet.WaitUntilAsync(at, stop);
        if (stop.IsCancellationRequested)
            return;
        _isSilent = true;
        await end.CancelAsync();
        await death.CancelAsync();
    }

    private async Task WatchNetworkAsync(CancellationToken stop)
    {
        for (var link = CurrentLink(); !stop.IsCancellationRequested;)
        {
            await _fleet.WaitUntilAsync(link.Until, stop);
            var next = CurrentLink();
            if (link.Kind == LinkKind.Offline && next.Kind != LinkKind.Offline)
                _engine.Reconnected();
            else if (link.State.IsMetered != next.State.IsMetered)
                _engine.ConditionsChanged();
            link = next;
        }
    }

    /// <summary>The app's live connection: after an outage it is up again within seconds, on every device of the region, and the engine hears of it.</summary>
    private async Task WatchServerAsync(CancellationToken stop)
    {
        if (_outage is not { } outage || outage.Until < _fleet.Now)
            return;
        await _fleet.WaitUntilAsync(outage.Until + (Outage.HeardWithin * RandomFor(SeedPurpose.Return).NextDouble()), stop);
        if (!stop.IsCancellationRequested && CurrentLink().Kind != LinkKind.Offline)
            _engine.Reconnected();
    }

    /// <summary>An update is installed between two cycles, so every cycle and its event belong to one version.</summary>
    private void OnCycleFinished(CycleResult result)
    {
        _fleet.Ledger.Finished(_release.Version, result);
        var due = _fleet.Scenario.ReleaseAt(_profile.Installed, _profile.Eagerness, _fleet.Now);
        if (due == _release)
            return;
        _release = due;
        Telemetry.AppVersion = due.Version;
    }

    /// <summary>A silent device reaches nobody, whatever it still holds.</summary>
    private Link CurrentLink() => _isSilent ? Link.Offline(TimeSpan.MaxValue) : _timeline.At(_fleet.Now);

    private Random RandomFor(SeedPurpose purpose) => Seeds.For(_fleet.Options.Seed, _profile.Number, purpose);

    /// <summary>People change the text of a note; every third time its title instead.</summary>
    private static bool IsOfTitle(DeviceStep step) => step.Size % 3 == 0;

    private static string Title(DeviceStep step) => $"note of {step.At:hh\\:mm\\:ss}";

    private static string Body(int size) => new('x', size);

    private RegionalEntrance Entrance() => new(_outage, () => _fleet.Now, RandomFor(SeedPurpose.Entrance), _fleet.Network);

    private EngineOptions EngineOptions(DeviceTimeProvider clock)
    {
        var options = PlainOptions(clock);
        if (FieldDay is not null)
            FieldWork.Declare(options);
        return options;
    }

    private EngineOptions PlainOptions(DeviceTimeProvider clock) => new()
    {
        // One file for each account, as a phone that changes hands has it: another scenario may give this one to another team.
        DatabasePath = Path.Combine(Folder, $"notes-{_profile.Account}.db"),
        Server = _fleet.Options.NotesEndpoint,
        Account = _profile.Account,
        Device = _profile.DeviceId,
        Handler = new CertificatePin(() => IsLockedOut, new DeletionRenamer(() => _release.Defect == Defect.RenamedDeletion, new DebugLogAttacher(
            () => _release.Defect == Defect.DebugLogOnCellular && CurrentLink().LooksLike == SyncNetwork.Cellular,
            new SimulatedNetwork(CurrentLink, clock.WaitAsync, RandomFor(SeedPurpose.Transport), new HttpMessageInvoker(Entrance()))))),
        Network = () => CurrentLink().State,
        TimeProvider = clock,
        CycleClock = clock,
        RandomSeed = Seeds.Of(_fleet.Options.Seed, _profile.Number, SeedPurpose.Engine),
        PushLimit = PushLimit,
        // A debug log is appended to the text of a request; behind gzip nobody would read it.
        CompressFrom = _fleet.Scenario.Rollouts.Any(static rollout => rollout.Release.Defect == Defect.DebugLogOnCellular) ? int.MaxValue : Gzip.LeastBytes,
        Conflicts = { [EntityNames.Note] = _profile.IsMerging ? new FieldMerge() : new LastWriteWins() },
        // The app is in use: its schedule keeps what is shown fresh, on whatever network there is.
        Triggers = new TriggerOptions { Period = TimeSpan.FromMinutes(10), PeriodJitter = 0.3, Constraints = SyncConstraints.None },
    };

    private SyncTelemetryOptions TelemetryOptions(DeviceTimeProvider clock)
    {
        var options = new SyncTelemetryOptions
        {
            Endpoint = _fleet.Options.Endpoint,
            Key = _fleet.Options.Key,
            App = "notes",
            AppVersion = _release.Version,
            Os = _profile.Os,
            OsVersion = _profile.OsVersion,
            DeviceId = _profile.DeviceId,
            DeviceModel = _profile.Model,
            UserRef = _profile.Account,
            QueueDirectory = Folder,
            TimeProvider = clock,
            Handler = new CertificatePin(() => IsLockedOut, _telemetryNetwork),
            RandomSeed = Seeds.Of(_fleet.Options.Seed, _profile.Number, SeedPurpose.Telemetry),
        };
        options.Tags.Add("region", _profile.Region);
        options.Tags.Add("cohort", _profile.Persona.Name);
        return options;
    }
}
