using System.Text;
using System.Text.Json;

namespace SyncHealth.Faults.Tests.Support;

/// <summary>Says in OTLP what a JSON event says, field by field, as an exporter would.</summary>
internal static class OtlpText
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["type"] = "sync.type", ["success"] = "sync.success", ["durationMs"] = "sync.duration_ms", ["conflictCount"] = "sync.conflict_count",
        ["queuedItems"] = "sync.queue_depth", ["id"] = "sync.event.id", ["seq"] = "sync.event.seq", ["outcome"] = "sync.outcome",
        ["direction"] = "sync.direction", ["trigger"] = "sync.trigger", ["network"] = "network.connection.type", ["metered"] = "sync.network.metered",
        ["retries"] = "sync.retries", ["pushed"] = "sync.items.pushed", ["pulled"] = "sync.items.pulled", ["applied"] = "sync.items.applied",
        ["rejected"] = "sync.items.rejected", ["bytesUp"] = "sync.bytes.up", ["bytesDown"] = "sync.bytes.down",
        ["oldestPendingMs"] = "sync.oldest_pending_ms", ["lastSuccessAt"] = "sync.last_success_at", ["ageMs"] = "sync.event.age_ms",
        ["conflicts"] = "sync.conflicts", ["failures"] = "sync.failures",
    };

    /// <summary>Fields that OTLP carries as attributes of the record, under a name of their own.</summary>
    public static IReadOnlyCollection<string> Fields => Names.Keys;

    /// <summary>A request with these attributes, each a JSON field and the text of its JSON value, on one record of <paramref name="at"/>.</summary>
    public static byte[] Request(DateTimeOffset at, IEnumerable<(string Field, string Json)> fields)
    {
        var attributes = fields.Where(field => field.Json != "null").Select(field => KeyValue($"\"{Names[field.Field]}\"", field.Json));
        return Encoding.UTF8.GetBytes($$$"""
            {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"{{{Edge.App}}}"}},{"key":"app.installation.id","value":{"stringValue":"d1"}}]},
             "scopeLogs":[{"logRecords":[{"timeUnixNano":"{{{(at - DateTimeOffset.UnixEpoch).Ticks * 100}}}","eventName":"sync.attempt","attributes":[{{{string.Join(',', attributes)}}}]}]}]}]}
            """);
    }

    /// <summary>The AnyValue of a JSON value; numbers with a fraction or beyond 64 bits are doubles, as in every SDK.</summary>
    private static string AnyValue(string json)
    {
        var text = json.TrimStart();
        return text[0] switch
        {
            '"' => $$"""{"stringValue":{{text}}}""",
            't' or 'f' => $$"""{"boolValue":{{text}}}""",
            '[' => "{\"arrayValue\":{\"values\":[" + string.Join(',', Elements(text).Select(AnyValue)) + "]}}",
            '{' => "{\"kvlistValue\":{\"values\":[" + string.Join(',', Members(text).Select(pair => KeyValue(pair.Key, pair.Value))) + "]}}",
            'n' => "{}",
            _ when long.TryParse(text, out _) => $$"""{"intValue":{{text}}}""",
            _ => $$"""{"doubleValue":{{text}}}""",
        };
    }

    private static string KeyValue(string key, string json) => "{\"key\":" + key + ",\"value\":" + AnyValue(json) + "}";

    private static IEnumerable<string> Elements(string array)
    {
        using var document = JsonDocument.Parse(array);
        return [.. document.RootElement.EnumerateArray().Select(element => element.GetRawText())];
    }

    private static IEnumerable<(string Key, string Value)> Members(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(member => (JsonSerializer.Serialize(member.Name), member.Value.GetRawText()))];
    }
}
