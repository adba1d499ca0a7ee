using System.Text.Json;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Recording;

/// <summary>Writes an event as the contract's JSON. What is unknown or at its default is left out; the article's six fields are always there.</summary>
internal static class EventWriter
{
    internal static void Write(Utf8JsonWriter json, EventRecord record, ReadOnlySpan<byte> id, long seq)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteNumber("seq"u8, seq);
        WriteTime(json, "timestamp"u8, record.Timestamp);
        json.WriteString("type"u8, Wire.Type.NameOrUnknown(record.Type));
        json.WriteBoolean("success"u8, record.Success);
        json.WriteNumber("durationMs"u8, record.DurationMs);
        json.WriteNumber("conflictCount"u8, record.ConflictCount);
        json.WriteNumber("queuedItems"u8, record.QueuedItems);
        WriteCircumstances(json, record);
        WriteError(json, record);
        WriteVolumes(json, record);
        WriteConflicts(json, record.Conflicts);
        WriteFailures(json, record.Failures);
        WriteDeferred(json, record.Deferred);
        json.WriteEndObject();
    }

    /// <summary>Whole milliseconds in UTC: what the contract's identity is compared by.</summary>
    internal static void WriteTime(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset time)
    {
        var ticks = time.UtcTicks;
        json.WriteString(name, new DateTime(ticks - (ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc));
    }

    private static void WriteCircumstances(Utf8JsonWriter json, EventRecord record)
    {
        if (record.Outcome != SyncOutcome.None)
            json.WriteString("outcome"u8, Wire.Outcome.NameOrUnknown(record.Outcome));
        if (record.Direction != SyncDirection.Unknown)
            json.WriteString("direction"u8, Wire.Direction.NameOrUnknown(record.Direction));
        if (record.Trigger != SyncTrigger.Unknown)
            json.WriteString("trigger"u8, Wire.Trigger.NameOrUnknown(record.Trigger));
        if (record.Network != SyncNetwork.Unknown)
            json.WriteString("network"u8, Wire.Network.NameOrUnknown(record.Network));
        if (record.Metered is { } metered)
            json.WriteBoolean("metered"u8, metered);
        if (record.Retries > 0)
            json.WriteNumber("retries"u8, record.Retries);
    }

    private static void WriteError(Utf8JsonWriter json, EventRecord record)
    {
        if (record.ErrorKind == SyncErrorKind.None)
            return;
        json.WriteStartObject("error"u8);
        json.WriteString("kind"u8, Wire.ErrorKind.NameOrUnknown(record.ErrorKind));
        if (record.ErrorCode is not null)
            json.WriteString("code"u8, record.ErrorCode);
        json.WriteEndObject();
    }

    private static void WriteVolumes(Utf8JsonWriter json, EventRecord record)
    {
        WritePositive(json, "pushed"u8, record.Pushed);
        WritePositive(json, "pulled"u8, record.Pulled);
        WritePositive(json, "applied"u8, record.Applied);
        WritePositive(json, "rejected"u8, record.Rejected);
        WritePositive(json, "bytesUp"u8, record.BytesUp);
        WritePositive(json, "bytesDown"u8, record.BytesDown);
        if (record.OldestPendingMs is { } oldest)
            json.WriteNumber("oldestPendingMs"u8, oldest);
        if (record.LastSuccessAt is { } at)
            WriteTime(json, "lastSuccessAt"u8, at);
    }

    private static void WriteConflicts(Utf8JsonWriter json, List<ConflictEntry>? conflicts)
    {
        if (conflicts is not { Count: > 0 })
            return;
        json.WriteStartArray("conflicts"u8);
        foreach (var conflict in conflicts)
        {
            json.WriteStartObject();
            json.WriteString("entity"u8, conflict.Entity);
            json.WriteString("kind"u8, Wire.ConflictKind.NameOrUnknown(conflict.Kind));
            json.WriteString("strategy"u8, Wire.ConflictStrategy.NameOrUnknown(conflict.Strategy));
            json.WriteString("winner"u8, Wire.ConflictWinner.NameOrUnknown(conflict.Winner));
            WritePositive(json, "discarded"u8, conflict.Discarded);
            json.WriteNumber("count"u8, conflict.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFailures(Utf8JsonWriter json, List<FailureEntry>? failures)
    {
        if (failures is not { Count: > 0 })
            return;
        json.WriteStartArray("failures"u8);
        foreach (var failure in failures)
        {
            json.WriteStartObject();
            json.WriteString("entity"u8, failure.Entity);
            json.WriteString("kind"u8, failure.Kind);
            if (failure.Code is not null)
                json.WriteString("code"u8, failure.Code);
            json.WriteNumber("count"u8, failure.Count);
            json.WriteBoolean("parked"u8, failure.Parked);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDeferred(Utf8JsonWriter json, List<DeferredEntry>? deferred)
    {
        if (deferred is not { Count: > 0 })
            return;
        json.WriteStartArray("deferred"u8);
        foreach (var entry in deferred)
        {
            json.WriteStartObject();
            json.WriteString("reason"u8, entry.Reason);
            json.WriteNumber("count"u8, entry.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePositive(Utf8JsonWriter json, ReadOnlySpan<byte> name, long value)
    {
        if (value > 0)
            json.WriteNumber(name, value);
    }
}
