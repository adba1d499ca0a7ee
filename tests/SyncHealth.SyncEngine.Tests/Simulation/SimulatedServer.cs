using System.Globalization;
using SyncHealth.SyncEngine.Protocol;

namespace SyncHealth.SyncEngine.Tests.Simulation;

/// <summary>
/// The notes server in memory, rule by rule as <c>0003_deltas.sql</c> has it; <see cref="SimulatedServerTests"/> holds both to the same answers. One account.
/// </summary>
internal sealed class SimulatedServer(PlantedBug bug = PlantedBug.None, FaultTally? faults = null)
{
    /// <summary>What begins a title that this server refuses for good. The one on Postgres has no such rule.</summary>
    public const char Refused = '!';

    private const long MaxAheadMillis = 5 * 60 * 1000;
    private readonly Dictionary<string, NoteChange> _notes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PushResponse> _answers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NoteChange> _latest = new(StringComparer.Ordinal);
    private readonly List<NoteChange> _history = [];

    public long Head { get; private set; }

    public long Purged { get; private set; }

    /// <summary>Every version that was ever given out, in order.</summary>
    public IReadOnlyList<NoteChange> History => _history;

    /// <summary>The newest version of every note, also of those that the server has forgotten.</summary>
    public IReadOnlyCollection<NoteChange> Latest => _latest.Values;

    public IEnumerable<NoteChange> Live => _notes.Values.Where(note => !note.IsDeleted);

    public PushResponse Take(string device, string key, PushRequest request, DateTimeOffset now)
    {
        if (_answers.TryGetValue(key, out var known) && bug != PlantedBug.ForgetsKeys)
            return known;
        var answer = new PushResponse([.. request.Operations.Select(operation => Apply(device, operation, now.ToUnixTimeMilliseconds()))]);
        _answers[key] = answer;
        return answer;
    }

    /// <summary>A page after a token; null when it has expired.</summary>
    public ChangesPage? ReadSince(string? token, int limit)
    {
        var (position, floor) = token is null ? (0, 0) : Parse(token);
        if (token is not null && (floor < Purged || position > Head))
            return null;
        var found = _notes.Values.Where(note => note.Version > position).OrderBy(note => note.Version).Take(limit + 1).ToList();
        var hasMore = found.Count > limit;
        if (hasMore)
            found.RemoveAt(limit);
        var last = found.Count > 0 ? found[^1].Version : position;
        if (bug == PlantedBug.SkipsARow && found.Count > 2)
            found.RemoveAt(1);
        return new ChangesPage(found, hasMore ? Text(last, Math.Max(token is null ? Head : floor, last)) : Text(Head, Head), hasMore);
    }

    /// <summary>A page of what a replica lacks; null when it knows more than there is.</summary>
    public ChangesPage? ReadBeyond(IReadOnlyDictionary<string, long> known, int limit)
    {
        if (known.Values.DefaultIfEmpty().Max() > Head)
            return null;
        var forgotten = known.Keys.Where(id => !_notes.ContainsKey(id)).Order(StringComparer.Ordinal).Select(id => new NoteChange(id, 0, "", "", 0, "", true));
        var found = _notes.Values.Where(note => known.TryGetValue(note.Id, out var version) ? note.Version > version : !note.IsDeleted)
            .OrderBy(note => note.Version).Take(limit + 1).ToList();
        var hasMore = found.Count > limit;
        if (hasMore)
            found.RemoveAt(limit);
        return new ChangesPage([.. forgotten, .. found], "known", hasMore);
    }

    /// <summary>Forgets every tombstone.</summary>
    public void Purge()
    {
        foreach (var gone in _notes.Values.Where(note => note.IsDeleted).ToList())
        {
            _notes.Remove(gone.Id);
            Purged = Math.Max(Purged, gone.Version);
        }
    }

    /// <summary>The position in a token of this server.</summary>
    public static long PositionOf(string token) => Parse(token).Position;

    private PushResult Apply(string device, PushOperation operation, long now)
    {
        var stamp = Math.Min(operation.EditedAt, now + MaxAheadMillis);
        if (operation.Title.StartsWith(Refused))
        {
            faults?.Count("refused for good");
            return new PushResult(operation.Id, PushStatus.Rejected, 0, stamp, Reason: "refused");
        }

        var present = _notes.GetValueOrDefault(operation.Id);
        var wanted = new NoteChange(operation.Id, Head + 1, operation.Title, operation.Body, stamp, device, operation.Kind == "delete");
        if (present is null && operation.BaseVersion > 0 && !wanted.IsDeleted)
        {
            var forgotten = wanted with { Version = 0, Title = "", Body = "", IsDeleted = true };
            return new PushResult(operation.Id, PushStatus.Superseded, 0, stamp, new PushConflict("update_delete", "remote"), forgotten);
        }

        if (Agrees(present, wanted))
            return new PushResult(operation.Id, PushStatus.Applied, present?.Version ?? 0, present?.EditedAt ?? stamp);
        if (present is not null && bug != PlantedBug.WritesBlindly && present.Version > operation.BaseVersion && present.Device != device && !SaysTheSame(present, wanted))
            return Meet(present, wanted, operation);
        return Store(present, wanted, null);
    }

    private PushResult Meet(NoteChange present, NoteChange wanted, PushOperation operation)
    {
        if (operation.Merges)
            return new PushResult(wanted.Id, PushStatus.Superseded, present.Version, present.EditedAt, Current: present);
        var kind = operation.BaseVersion == 0 ? "insert_insert" : wanted.IsDeleted ? "delete_update" : present.IsDeleted ? "update_delete" : "update_update";
        var order = wanted.EditedAt != present.EditedAt ? wanted.EditedAt.CompareTo(present.EditedAt) : string.CompareOrdinal(wanted.Device, present.Device);
        return order > 0
            ? Store(present, wanted, new PushConflict(kind, "local"))
            : new PushResult(wanted.Id, PushStatus.Superseded, present.Version, present.EditedAt, new PushConflict(kind, "remote"), present);
    }

    private PushResult Store(NoteChange? present, NoteChange wanted, PushConflict? conflict)
    {
        var stored = wanted with { EditedAt = Math.Max(wanted.EditedAt, present?.EditedAt ?? 0) };
        Head = stored.Version;
        _notes[stored.Id] = stored;
        _latest[stored.Id] = stored;
        _history.Add(stored);
        return new PushResult(stored.Id, PushStatus.Applied, stored.Version, stored.EditedAt, conflict, conflict is null ? null : present);
    }

    private static bool Agrees(NoteChange? present, NoteChange wanted) => present is null
        ? wanted.IsDeleted
        : present.IsDeleted && wanted.IsDeleted || SaysTheSame(present, wanted) && present.Device == wanted.Device && present.EditedAt == wanted.EditedAt;

    private static bool SaysTheSame(NoteChange left, NoteChange right) =>
        (left.Title, left.Body, left.IsDeleted) == (right.Title, right.Body, right.IsDeleted);

    private static string Text(long position, long floor) => string.Create(CultureInfo.InvariantCulture, $"{position}.{floor}");

    private static (long Position, long Floor) Parse(string token)
    {
        var parts = token.Split('.');
        return (long.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
