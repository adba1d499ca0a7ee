using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncEngine.Store;

namespace SyncHealth.SyncEngine.Tests.Simulation;

/// <summary>
/// What must hold of a replica at every moment, against the server's whole history: it shows no row that the server never had, never an older version than it
/// has shown before, and of what its token says it has seen it lacks nothing: pages are whole, and no row is passed over.
/// </summary>
internal static class HistoryChecker
{
    /// <exception cref="SimulationException">Something did not hold.</exception>
    public static void Check(SimulatedReplica replica, SimulatedServer server, Schedule schedule, Dictionary<(string Replica, string Note), long> versionsRead)
    {
        var state = replica.Store.Read(static transaction => transaction.State.Read());
        var notes = ReadAll(replica).ToDictionary(note => note.Id, StringComparer.Ordinal);
        foreach (var note in notes.Values)
        {
            var read = versionsRead.GetValueOrDefault((replica.Name, note.Id));
            Demand(note.Version >= read, $"{replica.Name} reads version {note.Version} of {note.Id} after version {read}");
            versionsRead[(replica.Name, note.Id)] = note.Version;
            if (!note.IsPending)
                CheckRow(replica, note, server);
        }

        if (schedule.Delta == DeltaStrategy.Token && state is { Token: { } token, IsFullRunning: false })
            CheckSeen(replica, notes, server, SimulatedServer.PositionOf(token));
    }

    /// <summary>Everything that is not deleted, of every entity.</summary>
    public static IEnumerable<Note> ReadAll(SimulatedReplica replica) => replica.Store.Read(static transaction =>
        new[] { EntityNames.Note, SimulatedReplica.List, SimulatedReplica.Counter, FieldWork.Job, FieldWork.Task, FieldWork.Photo }
            .SelectMany(entity => transaction.Records.List(entity, int.MaxValue, 0)).ToList());

    private static void CheckRow(SimulatedReplica replica, Note note, SimulatedServer server)
    {
        Demand(note.Version > 0 && note.Version <= server.Head, $"{replica.Name} has {note.Id} at version {note.Version}, unsent and not waiting");
        var had = server.History[(int)note.Version - 1];
        Demand(
            (had.Id, had.Title, had.Body, had.IsDeleted) == (note.Id, note.Content.Title, note.Content.Body, false),
            $"{replica.Name} has {note.Id} '{note.Content.Title}' at version {note.Version}, where the server had {had}");
    }

    private static void CheckSeen(SimulatedReplica replica, Dictionary<string, Note> notes, SimulatedServer server, long position)
    {
        // A row that has moved on since is named by the next page, in its newest state: what was seen is what nobody has changed after it.
        foreach (var latest in server.Latest.Where(change => change.Version <= position))
        {
            var note = notes.GetValueOrDefault(latest.Id) ?? replica.Store.Read(transaction => transaction.Records.Find(latest.Id));
            if (note is { IsPending: false })
                Demand(note.Version >= latest.Version, $"{replica.Name} has seen version {position}, but has {latest.Id} at {note.Version} of {latest.Version}");
            else if (note is null)
                Demand(latest.IsDeleted, $"{replica.Name} has seen version {position}, but lacks {latest.Id} of version {latest.Version}");
        }
    }

    private static void Demand(bool holds, string complaint)
    {
        if (!holds)
            throw new SimulationException(complaint);
    }
}
