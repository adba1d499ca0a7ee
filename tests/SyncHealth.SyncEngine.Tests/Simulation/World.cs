using System.Globalization;
using SyncHealth.SyncEngine.Tests.Support;

namespace SyncHealth.SyncEngine.Tests.Simulation;

/// <summary>
/// Runs a schedule: replicas of one account and a server on virtual time, in the calling thread. After every step the history is checked;
/// at the end the network heals, and three rounds of syncs have to bring everybody to the same.
/// </summary>
internal sealed class World : IDisposable
{
    private const int HealingRounds = 3;

    /// <summary>Messages of one replica in a quiet world (goal E7): a push that is not needed and a pull would be two.</summary>
    private const int QuietMessages = 2;

    private static readonly TimeSpan TenYears = TimeSpan.FromDays(3650);
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly VirtualTime _time = new(Start);
    private readonly Schedule _schedule;
    private readonly SimulatedServer _server;
    private readonly SimulatedReplica[] _replicas;
    private readonly EditHistory _edits = new();
    private readonly FieldWork _work;
    private readonly SortedSet<string> _onTheList = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Replica, string Note), long> _versionsRead = [];
    private readonly TraceHash _trace = new();
    private string _list = "";
    private string _counter = "";
    private long _counted;
    private int _texts;

    public World(Schedule schedule, PlantedBug bug, StoreKind store = StoreKind.InMemory)
    {
        _schedule = schedule;
        _work = new FieldWork(_edits);
        _server = new SimulatedServer(bug, Faults);
        _replicas = [.. Enumerable.Range(0, schedule.Replicas).Select(number => new SimulatedReplica(_time, _server, schedule, Faults, number, store))];
    }

    public FaultTally Faults { get; } = new();

    /// <summary>The same for the same schedule, on every machine.</summary>
    public string Trace => _trace.ToString();

    /// <exception cref="SimulationException">Something did not hold.</exception>
    public void Run()
    {
        ShareListAndCounter();
        foreach (var replica in _replicas)
            replica.Link.IsPerfect = false;
        foreach (var step in _schedule.Steps)
        {
            _time.RunUntil(_time.Now.AddMilliseconds(step.WaitMillis));
            Do(step, _replicas[step.Replica % _replicas.Length]);
            CheckEverybody();
        }

        Heal();
        CheckConvergence();
        CheckQuiet();
    }

    public void Dispose()
    {
        foreach (var replica in _replicas)
            replica.Dispose();
    }

    private void ShareListAndCounter()
    {
        _list = _replicas[0].Lists.Create(static (state, _) => state);
        _counter = _replicas[0].Counters.Create(static (state, _) => state);
        foreach (var replica in _replicas)
            SyncAndSettle(replica);
    }

    private void Do(SimulationStep step, SimulatedReplica replica)
    {
        _trace.Add(string.Create(CultureInfo.InvariantCulture, $"{_time.Now.UtcTicks} {replica.Name} {step}"));
        switch (step.Kind)
        {
            case StepKind.Create or StepKind.Update or StepKind.UpdateBody or StepKind.Delete:
                Edit(step, replica);
                break;
            case StepKind.AddToList or StepKind.RemoveFromList:
                EditList(step, replica);
                break;
            case StepKind.AddJob or StepKind.EditJob or StepKind.AddTask or StepKind.AddPhoto:
                _work.Do(step, replica, NextText(replica));
                break;
            case StepKind.CountUp:
                _counted += step.Value;
                replica.Counters.Change(_counter, (state, here) => state.Add(here.Device, step.Value));
                break;
            case StepKind.Sync:
                replica.Sync();
                break;
            case StepKind.Crash:
                Faults.Count(replica.IsSyncing ? "crash in a cycle" : "crash");
                replica.Crash();
                break;
            default:
                Disturb(step, replica);
                break;
        }
    }

    private void Disturb(SimulationStep step, SimulatedReplica replica)
    {
        switch (step.Kind)
        {
            case StepKind.Partition:
                replica.Link.IsUp = !replica.Link.IsUp;
                Faults.Count("partition");
                break;
            case StepKind.Meter:
                replica.Link.IsMetered = !replica.Link.IsMetered;
                Faults.Count("network costs something or nothing");
                break;
            case StepKind.SetClock:
                replica.Time.Offset = TenYears * ((step.Value - 500) / 500.0);
                Faults.Count("clock set");
                break;
            case StepKind.Purge:
                _server.Purge();
                Faults.Count("tombstones forgotten");
                break;
            default:
                foreach (var each in _replicas)
                    each.Link.IsServerDown = !each.Link.IsServerDown;
                Faults.Count("server down or up");
                break;
        }
    }

    private void Edit(SimulationStep step, SimulatedReplica replica)
    {
        var text = NextText(replica);
        var notes = replica.Notes.List().OrderBy(note => note.Id, StringComparer.Ordinal).ToArray();
        if (step.Kind == StepKind.Create || notes.Length == 0)
        {
            var created = replica.Notes.Create(text, "");
            _edits.Wrote(created.Id, text, "");
            return;
        }

        var note = notes[step.Value % notes.Length];
        if (step.Kind == StepKind.Delete)
        {
            replica.Notes.Delete(note.Id);
            _edits.Deleted(note.Id, note.Content.Title);
            Demand(replica.Notes.Find(note.Id) is null, $"{replica.Name} still reads {note.Id}, which it has deleted");
            return;
        }

        // Last write wins takes a note whole: there every edit is one of the title.
        var isBody = step.Kind == StepKind.UpdateBody && _schedule.IsMerging;
        replica.Notes.Update(note.Id, isBody ? note.Content.Title : text, isBody ? text : note.Content.Body);
        if (!isBody)
            _edits.Wrote(note.Id, text, note.Content.Title);
        var read = replica.Notes.Find(note.Id)?.Content;
        Demand((isBody ? read?.Body : read?.Title) == text, $"{replica.Name} does not read its own write '{text}'");
    }

    private void EditList(SimulationStep step, SimulatedReplica replica)
    {
        var items = replica.Lists.Find(_list)!.Items;
        if (step.Kind == StepKind.AddToList || items.Count == 0)
        {
            var item = NextText(replica);
            _onTheList.Add(item);
            replica.Lists.Change(_list, (state, here) => state.Add(here.Device, item));
        }
        else
        {
            var item = items[step.Value % items.Count];
            _onTheList.Remove(item);
            replica.Lists.Change(_list, (state, _) => state.Remove(item));
        }
    }

    private string NextText(SimulatedReplica replica) => string.Create(CultureInfo.InvariantCulture, $"{replica.Name}.{_texts++}");

    private void Heal()
    {
        foreach (var replica in _replicas)
            (replica.Link.IsUp, replica.Link.IsServerDown, replica.Link.IsPerfect, replica.Link.IsMetered) = (true, false, true, false);
        while (_time.RunNext())
        {
        }

        CheckEverybody();
        for (var round = 0; round < HealingRounds; round++)
        {
            foreach (var replica in _replicas)
                replica.Sync();
            while (_time.RunNext())
            {
            }

            CheckEverybody();
        }

        foreach (var replica in _replicas)
            Demand(!replica.IsSyncing && replica.Failure is null, $"{replica.Name} does not sync in a healed world: {replica.Failure}");
    }

    private void SyncAndSettle(SimulatedReplica replica)
    {
        replica.Sync();
        while (_time.RunNext())
        {
        }

        Demand(replica.Failure is null, $"{replica.Name} cannot sync before anything is broken: {replica.Failure}");
    }

    private void CheckEverybody()
    {
        foreach (var replica in _replicas)
        {
            HistoryChecker.Check(replica, _server, _schedule, _versionsRead);
            Demand(replica.Complaint is null, replica.Complaint!);
        }
    }

    private void CheckConvergence()
    {
        var expected = ContentOf(_server.Live.Select(static note => (note.Id, note.Title, note.Body)));
        var final = _server.Live.ToDictionary(static note => note.Id, static note => note.Title, StringComparer.Ordinal);
        foreach (var replica in _replicas)
        {
            var content = ContentOf(HistoryChecker.ReadAll(replica).Where(static note => !note.IsPending).Select(static note => (note.Id, note.Content.Title, note.Content.Body)));
            Demand(content == expected, $"{replica.Name} has\n{content}\nwhere the server has\n{expected}");
            foreach (var (id, title) in _work.CheckWaiting(replica))
                final.Add(id, title);
        }

        _trace.Add(expected);
        _work.CheckOrder(_server);
        Demand(_replicas[0].Lists.Find(_list)!.Items.SequenceEqual(_onTheList), "the list has lost an addition or a removal");
        Demand(_replicas[0].Counters.Find(_counter)!.Value == _counted, $"counted {_replicas[0].Counters.Find(_counter)!.Value} of {_counted}");
        var lost = _replicas.SelectMany(replica => replica.Notes.LostEdits(limit: 500)).ToArray();
        var unaccounted = _edits.Unaccounted(final, lost, _schedule.IsMerging);
        Demand(unaccounted.FirstOrDefault() is null, $"lost without a word: {string.Join("; ", unaccounted)}");
    }

    /// <summary>Where nothing is new, nobody talks for long.</summary>
    private void CheckQuiet()
    {
        foreach (var replica in _replicas)
        {
            var before = replica.Link.Messages;
            SyncAndSettle(replica);
            Demand(replica.Link.Messages - before <= QuietMessages, $"{replica.Name} sends {replica.Link.Messages - before} messages about nothing");
        }
    }

    private static string ContentOf(IEnumerable<(string Id, string Title, string Body)> notes) =>
        string.Join('\n', notes.OrderBy(static note => note.Id, StringComparer.Ordinal).Select(static note => $"{note.Id} {note.Title} {note.Body}"));

    private static void Demand(bool holds, string complaint)
    {
        if (!holds)
            throw new SimulationException(complaint);
    }
}
