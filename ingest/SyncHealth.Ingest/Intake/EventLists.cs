using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using SyncHealth.Contracts;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Ingest.Intake;

/// <summary>The lists of the event that is being read: collected line by line, put into the event when it ends.</summary>
internal sealed class EventLists
{
    private readonly List<DecodedItem> _conflicts = [];
    private readonly List<DecodedItem> _failures = [];
    private readonly List<DecodedItem> _deferred = [];
    private readonly List<DecodedItem> _dropped = [];
    private readonly ArrayBufferWriter<byte> _json = new();

    /// <summary>Accounts of losses that came with the event.</summary>
    public IReadOnlyList<DecodedItem> Dropped => _dropped;

    /// <summary>Forgets the lines of one list: where a sender names it twice, the last one counts, as everywhere in JSON.</summary>
    public void Restart(EventField list) => Of(list).Clear();

    public void Add(EventField list, in DecodedItem item, ref Adjustments adjustments)
    {
        var lines = Of(list);
        if (lines.Count < EventBounds.MaxItems)
            lines.Add(item);
        else
            adjustments.Cut++;
    }

    /// <summary>Puts the lists into the event and is empty again.</summary>
    public void CloseInto(ref DecodedEvent e, ref Adjustments adjustments)
    {
        if (_conflicts.Count > 0)
            CloseConflicts(ref e, ref adjustments);
        if (_failures.Count + _deferred.Count > 0)
            e.Row.DetailsJson = DetailsJson(ref adjustments);
        Clear();
    }

    public void Clear()
    {
        _conflicts.Clear();
        _failures.Clear();
        _deferred.Clear();
        _dropped.Clear();
    }

    private List<DecodedItem> Of(EventField list) => list switch
    {
        EventField.Conflicts => _conflicts,
        EventField.Failures => _failures,
        EventField.Dropped => _dropped,
        _ => _deferred,
    };

    /// <summary><c>conflictCount</c> is the number: lines that go beyond it are trimmed. Without it the lines are.</summary>
    private void CloseConflicts(ref DecodedEvent e, ref Adjustments adjustments)
    {
        var left = e.HasConflictCount ? e.Row.ConflictCount : EventBounds.MaxConflictCount;
        var entries = new List<ConflictEntry>(_conflicts.Count);
        foreach (var item in _conflicts)
        {
            var count = (int)Math.Min(item.Count, left);
            if (count < item.Count)
                adjustments.Clamped++;
            if (count == 0)
                continue;
            left -= count;
            entries.Add(new ConflictEntry(
                NameLimits.Hold(item.Entity, ref adjustments), Known(Wire.ConflictKind, item.Kind, ref adjustments), Known(Wire.ConflictStrategy, item.Strategy, ref adjustments),
                Known(Wire.ConflictWinner, item.Winner, ref adjustments), (int)Math.Min(item.Discarded, EventBounds.MaxConflictCount), count));
        }

        e.Row.Conflicts = entries.Count == 0 ? null : [.. entries];
        if (!e.HasConflictCount)
            e.Row.ConflictCount = EventBounds.MaxConflictCount - left;
    }

    private string DetailsJson(ref Adjustments adjustments)
    {
        _json.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(_json);
        writer.WriteStartObject();
        if (_failures.Count > 0)
        {
            writer.WriteStartArray("failures");
            foreach (ref readonly var item in CollectionsMarshal.AsSpan(_failures))
                WriteFailure(writer, item, ref adjustments);
            writer.WriteEndArray();
        }

        if (_deferred.Count > 0)
        {
            writer.WriteStartArray("deferred");
            foreach (ref readonly var item in CollectionsMarshal.AsSpan(_deferred))
                WriteDeferred(writer, item);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.Flush();
        return Encoding.UTF8.GetString(_json.WrittenSpan);
    }

    private static void WriteFailure(Utf8JsonWriter writer, in DecodedItem item, ref Adjustments adjustments)
    {
        var kind = Known(Wire.ErrorKind, item.Kind, ref adjustments);
        writer.WriteStartObject();
        writer.WriteString("entity", item.Entity);
        writer.WriteString("kind", Wire.ErrorKind.NameOf(kind == SyncErrorKind.None ? SyncErrorKind.Unknown : kind));
        writer.WriteString("code", item.Code);
        writer.WriteNumber("count", item.Count);
        writer.WriteBoolean("parked", item.Parked);
        writer.WriteEndObject();
    }

    private static void WriteDeferred(Utf8JsonWriter writer, in DecodedItem item)
    {
        writer.WriteStartObject();
        writer.WriteString("reason", item.Reason);
        writer.WriteNumber("count", item.Count);
        writer.WriteEndObject();
    }

    private static T Known<T>(WireEnum<T> wire, string name, ref Adjustments adjustments)
        where T : struct, Enum
    {
        if (!wire.TryParse(name, out var value) && name.Length > 0)
            adjustments.UnknownValues++;
        return value;
    }
}
