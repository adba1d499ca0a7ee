using System.Buffers;
using System.Text.Json;
using SyncHealth.Contracts;

namespace SyncHealth.Storage.Writes;

/// <summary>Writes events as rows of a binary copy, in the column order of <c>CopyEvents.sql</c> and <c>CopyStaged.sql</c>.</summary>
internal sealed class EventEncoder
{
    private const short Columns = 29;

    private readonly ArrayBufferWriter<byte> _conflicts = new();

    /// <summary>Encodes the rows that are neither repeats, nor erased, nor of the other lane.</summary>
    public void Encode(WriteGroup group, bool staged, CopyBuffer buffer)
    {
        buffer.Clear();
        foreach (ref readonly var row in group.Rows.AsSpan())
            if (row.Fate is not (RowFate.RepeatsGroup or RowFate.Erased) && group.Requests[row.Request].IsStaged == staged)
                Encode(row, group.EventOf(row), group.BatchOf(row).ReceivedAt, buffer);
    }

    private void Encode(in GroupRow row, in EventRow source, DateTimeOffset receivedAt, CopyBuffer buffer)
    {
        buffer.StartRow(Columns);
        buffer.Write(row.DeviceKey);
        buffer.Write(row.EventHash);
        buffer.Write(row.DeviceAt);
        buffer.Write(PgTime.Micros(source.EventAt));
        buffer.Write(PgTime.Micros(receivedAt));
        buffer.Write(source.LastSuccessAt is { } lastSuccess ? PgTime.Micros(lastSuccess) : (long?)null);
        buffer.Write(source.OldestPendingMs);
        buffer.Write(source.BytesUp);
        buffer.Write(source.BytesDown);
        buffer.Write(source.Seq);
        buffer.Write(source.UserKey);
        buffer.Write(row.Segment.SegmentId);
        buffer.Write(row.Profile.ProfileId);
        buffer.Write(row.ErrorId);
        buffer.Write(source.DurationMs);
        buffer.Write(source.QueuedItems);
        buffer.Write(source.Retries);
        buffer.Write(source.Pushed);
        buffer.Write(source.Pulled);
        buffer.Write(source.Applied);
        buffer.Write(source.Rejected);
        buffer.Write(source.ConflictCount);
        buffer.Write(source.BodyHash);
        buffer.Write((short)source.Outcome);
        buffer.Write((short)source.Direction);
        buffer.Write(source.HasDevice);
        buffer.Write(source.Metered);
        WriteConflicts(source.Conflicts, buffer);
        if (source.DetailsJson is { } details)
            buffer.WriteJson(details);
        else
            buffer.WriteNull();
    }

    private void WriteConflicts(ConflictEntry[]? conflicts, CopyBuffer buffer)
    {
        if (conflicts is not { Length: > 0 })
        {
            buffer.WriteNull();
            return;
        }

        _conflicts.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_conflicts))
        {
            json.WriteStartArray();
            foreach (var conflict in conflicts)
                Write(json, conflict);
            json.WriteEndArray();
        }

        buffer.WriteJson(_conflicts.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, in ConflictEntry conflict)
    {
        json.WriteStartObject();
        json.WriteString("entity"u8, conflict.Entity);
        json.WriteString("kind"u8, Wire.ConflictKind.NameOf(conflict.Kind));
        json.WriteString("strategy"u8, Wire.ConflictStrategy.NameOf(conflict.Strategy));
        json.WriteString("winner"u8, Wire.ConflictWinner.NameOf(conflict.Winner));
        json.WriteNumber("discarded"u8, conflict.Discarded);
        json.WriteNumber("count"u8, conflict.Count);
        json.WriteEndObject();
    }
}
