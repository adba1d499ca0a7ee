using System.Globalization;
using System.Text.Json;
using SyncHealth.Client.Queue;
using SyncHealth.Client.Recording;

namespace SyncHealth.Client.Sending;

/// <summary>Puts a batch together as an OTLP/JSON request of log records, by the attribute table of the contract, section 4. <c>sdk</c> stays out: there it would be a tag.</summary>
internal static class OtlpBody
{
    /// <summary>From the JSON of an event to the attribute of the record; what is not here has a place of its own.</summary>
    private static readonly Dictionary<string, string> EventAttributes = new(StringComparer.Ordinal)
    {
        ["id"] = "sync.event.id", ["seq"] = "sync.event.seq", ["type"] = "sync.type", ["success"] = "sync.success", ["outcome"] = "sync.outcome",
        ["durationMs"] = "sync.duration_ms", ["conflictCount"] = "sync.conflict_count", ["queuedItems"] = "sync.queue_depth", ["oldestPendingMs"] = "sync.oldest_pending_ms",
        ["direction"] = "sync.direction", ["trigger"] = "sync.trigger", ["retries"] = "sync.retries", ["pushed"] = "sync.items.pushed", ["pulled"] = "sync.items.pulled",
        ["applied"] = "sync.items.applied", ["rejected"] = "sync.items.rejected", ["bytesUp"] = "sync.bytes.up", ["bytesDown"] = "sync.bytes.down",
        ["metered"] = "sync.network.metered", ["lastSuccessAt"] = "sync.last_success_at", ["conflicts"] = "sync.conflicts", ["failures"] = "sync.failures",
    };

    private static readonly Dictionary<string, string> ResourceAttributes = new(StringComparer.Ordinal)
    {
        ["app"] = "service.name", ["appVersion"] = "service.version", ["os"] = "os.name", ["osVersion"] = "os.version", ["environment"] = "deployment.environment.name",
        ["deviceId"] = "app.installation.id", ["userRef"] = "enduser.id", ["deviceModel"] = "device.model.identifier",
    };

    /// <summary>OpenTelemetry's words for networks (semantic conventions, <c>network.connection.type</c>).</summary>
    private static readonly Dictionary<string, string> Networks = new(StringComparer.Ordinal)
    {
        ["wifi"] = "wifi", ["cellular"] = "cell", ["ethernet"] = "wired", ["none"] = "unavailable",
    };

    internal static ByteBuffer Write(QueuedBatch batch)
    {
        var buffer = new ByteBuffer(512 + batch.Events.Sum(e => e.Json.Length * 4));
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartArray("resourceLogs"u8);
        json.WriteStartObject();
        WriteResource(json, batch.Resource);
        json.WriteStartArray("scopeLogs"u8);
        json.WriteStartObject();
        json.WriteStartArray("logRecords"u8);
        for (var i = 0; i < batch.Events.Count; i++)
            WriteRecord(json, batch.Events[i], i == 0 ? batch.Dropped : []);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer;
    }

    private static void WriteResource(Utf8JsonWriter json, byte[] resource)
    {
        using var document = JsonDocument.Parse(resource);
        json.WriteStartObject("resource"u8);
        json.WriteStartArray("attributes"u8);
        foreach (var field in document.RootElement.EnumerateObject())
            if (ResourceAttributes.TryGetValue(field.Name, out var name))
                WriteAttribute(json, name, field.Value);
            else if (field.NameEquals("tags"u8))
                foreach (var tag in field.Value.EnumerateObject())
                    WriteAttribute(json, tag.Name, tag.Value);

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRecord(Utf8JsonWriter json, QueuedEvent item, IReadOnlyList<QueuedLoss> dropped)
    {
        using var document = JsonDocument.Parse(item.Json);
        var root = document.RootElement;
        json.WriteStartObject();
        json.WriteString("timeUnixNano"u8, (root.GetProperty("timestamp"u8).GetDateTimeOffset().ToUnixTimeMilliseconds() * 1_000_000).ToString(CultureInfo.InvariantCulture));
        json.WriteString("eventName"u8, root.GetProperty("type"u8).GetString() switch { "open" => "sync.open", "reset" => "sync.reset", _ => "sync.attempt" });
        json.WriteStartArray("attributes"u8);
        foreach (var field in root.EnumerateObject())
            WriteField(json, field);
        if (item.AgeMs is { } age)
            WriteInteger(json, "sync.event.age_ms", age);
        WriteDropped(json, dropped);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // A plain count has an attribute of its own, which any version of the server knows; an account with a name goes as a list.
    private static void WriteDropped(Utf8JsonWriter json, IReadOnlyList<QueuedLoss> dropped)
    {
        foreach (var loss in dropped.Where(loss => loss.Report is null))
            WriteInteger(json, "sync.dropped." + loss.Reason, loss.Count);
        if (dropped.All(loss => loss.Report is null))
            return;
        json.WriteStartObject();
        json.WriteString("key"u8, "sync.dropped"u8);
        json.WriteStartObject("value"u8);
        json.WriteStartObject("arrayValue"u8);
        json.WriteStartArray("values"u8);
        foreach (var loss in dropped.Where(loss => loss.Report is not null))
            WriteLoss(json, loss);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteLoss(Utf8JsonWriter json, QueuedLoss loss)
    {
        json.WriteStartObject();
        json.WriteStartObject("kvlistValue"u8);
        json.WriteStartArray("values"u8);
        WriteText(json, "reason", loss.Reason);
        WriteInteger(json, "count", loss.Count);
        WriteText(json, "report", loss.Report!);
        if (loss.Doubt is { } doubt)
        {
            WriteInteger(json, "firstSeq", doubt.FirstSeq);
            WriteInteger(json, "lastSeq", doubt.LastSeq);
            WriteInteger(json, "firstAt", doubt.FirstAtMs);
            WriteInteger(json, "lastAt", doubt.LastAtMs);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter json, JsonProperty field)
    {
        if (EventAttributes.TryGetValue(field.Name, out var name))
            WriteAttribute(json, name, field.Value);
        else if (field.NameEquals("network"u8))
            WriteText(json, "network.connection.type", Networks.TryGetValue(field.Value.GetString()!, out var network) ? network : "unknown");
        else if (field.NameEquals("error"u8))
            WriteError(json, field.Value);
        else if (field.NameEquals("deferred"u8))
            foreach (var entry in field.Value.EnumerateArray())
                WriteInteger(json, "sync.deferred." + entry.GetProperty("reason"u8).GetString(), entry.GetProperty("count"u8).GetInt64());
    }

    private static void WriteError(Utf8JsonWriter json, JsonElement error)
    {
        WriteAttribute(json, "sync.error.kind", error.GetProperty("kind"u8));
        if (error.TryGetProperty("code"u8, out var code))
            WriteAttribute(json, "error.type", code);
    }

    private static void WriteText(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject();
        json.WriteString("key"u8, name);
        json.WriteStartObject("value"u8);
        json.WriteString("stringValue"u8, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteInteger(Utf8JsonWriter json, string name, long value)
    {
        json.WriteStartObject();
        json.WriteString("key"u8, name);
        json.WriteStartObject("value"u8);
        json.WriteString("intValue"u8, value.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteAttribute(Utf8JsonWriter json, string name, JsonElement value)
    {
        json.WriteStartObject();
        json.WriteString("key"u8, name);
        json.WritePropertyName("value"u8);
        WriteValue(json, value);
        json.WriteEndObject();
    }

    // OTLP's AnyValue. Integers are text, as proto3's JSON has 64-bit numbers. Our own JSON is at most three deep.
    private static void WriteValue(Utf8JsonWriter json, JsonElement value)
    {
        json.WriteStartObject();
        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                json.WriteString("intValue"u8, value.GetRawText());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                json.WriteBoolean("boolValue"u8, value.GetBoolean());
                break;
            case JsonValueKind.Array:
                json.WriteStartObject("arrayValue"u8);
                json.WriteStartArray("values"u8);
                foreach (var item in value.EnumerateArray())
                    WriteValue(json, item);
                json.WriteEndArray();
                json.WriteEndObject();
                break;
            case JsonValueKind.Object:
                json.WriteStartObject("kvlistValue"u8);
                json.WriteStartArray("values"u8);
                foreach (var field in value.EnumerateObject())
                    WriteAttribute(json, field.Name, field.Value);
                json.WriteEndArray();
                json.WriteEndObject();
                break;
            default:
                json.WriteString("stringValue"u8, value.GetString());
                break;
        }

        json.WriteEndObject();
    }
}
