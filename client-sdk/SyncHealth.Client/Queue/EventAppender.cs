using System.Text.Json;
using SyncHealth.Client.Recording;

namespace SyncHealth.Client.Queue;

/// <summary>Gives events their numbers and ids and stores their final JSON, inside the caller's transaction.</summary>
internal sealed class EventAppender(Uptime uptime)
{
    private readonly EventIds _ids = new();
    private readonly ByteBuffer _buffer = new(512);
    private Resource? _lastResource;
    private long _lastResourceId;

    internal void Append(QueueConnection connection, QueueBooks books, IReadOnlyList<EventRecord> records, IReadOnlyDictionary<string, long> drops)
    {
        var seq = books.Issued;
        using var json = new Utf8JsonWriter(_buffer);
        using var command = connection.Command(
            "AddEvent", ("@seq", 0L), ("@resource_id", 0L), ("@recorded_at_ms", 0L), ("@session", uptime.Session), ("@uptime_ms", 0L), ("@json", Array.Empty<byte>()));
        foreach (var record in records)
        {
            command.Parameters["@seq"].Value = ++seq;
            command.Parameters["@resource_id"].Value = ResourceId(connection, books.InstallId, record.Resource!);
            command.Parameters["@recorded_at_ms"].Value = record.Timestamp.ToUnixTimeMilliseconds();
            command.Parameters["@uptime_ms"].Value = record.RecordedAt is { } at ? uptime.Ms(at) : DBNull.Value;
            command.Parameters["@json"].Value = Write(json, record, seq);
            command.ExecuteNonQuery();
        }

        // A lost event takes a number too: the server sees the gap, and the reason beside it.
        foreach (var drop in drops)
        {
            connection.Execute("CountDropped", ("@reason", drop.Key), ("@count", drop.Value));
            seq += drop.Value;
        }

        connection.Execute("Issue", ("@issued", seq));
    }

    /// <summary>Forgets what was true of the connection only: after a rollback or a new file.</summary>
    internal void Forget()
    {
        _lastResource = null;
        _ids.Renew();
    }

    private byte[] Write(Utf8JsonWriter json, EventRecord record, long seq)
    {
        _buffer.Clear();
        json.Reset();
        EventWriter.Write(json, record, _ids.Of(seq), seq);
        json.Flush();
        return _buffer.ToArray();
    }

    private long ResourceId(QueueConnection connection, string installId, Resource resource)
    {
        if (ReferenceEquals(resource, _lastResource))
            return _lastResourceId;
        var buffer = new ByteBuffer(256);
        using (var json = new Utf8JsonWriter(buffer))
            ResourceWriter.Write(json, resource, installId);
        _lastResourceId = (long)connection.Scalar("InternResource", ("@json", buffer.ToArray()))!;
        _lastResource = resource;
        return _lastResourceId;
    }
}
