using System.Globalization;
using System.Text.Json.Nodes;

namespace SyncHealth.Ingest.Tests.Otlp.Oracle;

/// <summary>A request that generated code has parsed, in OTLP's own JSON: from there it meets the other decoder.</summary>
internal static class OracleJson
{
    public static string Of(ExportLogsServiceRequest request) => new JsonObject
    {
        ["resourceLogs"] = List(request.ResourceLogs, Of),
    }.ToJsonString();

    private static JsonNode Of(ResourceLogs logs) => new JsonObject
    {
        ["resource"] = new JsonObject { ["attributes"] = List(logs.Resource?.Attributes ?? [], Of) },
        ["scopeLogs"] = List(logs.ScopeLogs, scope => new JsonObject { ["logRecords"] = List(scope.LogRecords, Of) }),
    };

    private static JsonNode Of(LogRecord record) => new JsonObject
    {
        ["timeUnixNano"] = record.TimeUnixNano.ToString(CultureInfo.InvariantCulture),
        ["observedTimeUnixNano"] = record.ObservedTimeUnixNano.ToString(CultureInfo.InvariantCulture),
        ["attributes"] = List(record.Attributes, Of),
        ["eventName"] = record.EventName,
    };

    private static JsonNode Of(KeyValue pair) => new JsonObject { ["key"] = pair.Key, ["value"] = Of(pair.Value) };

    private static JsonObject? Of(AnyValue? value) => value?.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => new JsonObject { ["stringValue"] = value.StringValue },
        AnyValue.ValueOneofCase.BoolValue => new JsonObject { ["boolValue"] = value.BoolValue },
        AnyValue.ValueOneofCase.IntValue => new JsonObject { ["intValue"] = value.IntValue.ToString(CultureInfo.InvariantCulture) },
        AnyValue.ValueOneofCase.DoubleValue => new JsonObject { ["doubleValue"] = Real(value.DoubleValue) },
        AnyValue.ValueOneofCase.ArrayValue => new JsonObject { ["arrayValue"] = new JsonObject { ["values"] = List(value.ArrayValue.Values, Of) } },
        AnyValue.ValueOneofCase.KvlistValue => new JsonObject { ["kvlistValue"] = new JsonObject { ["values"] = List(value.KvlistValue.Values, Of) } },
        AnyValue.ValueOneofCase.BytesValue => new JsonObject { ["bytesValue"] = value.BytesValue.ToBase64() },
        _ => null,
    };

    /// <summary>Protobuf's JSON writes what JSON has no number for as text.</summary>
    private static JsonValue Real(double value) =>
        double.IsFinite(value) ? JsonValue.Create(value) : JsonValue.Create(value.ToString(CultureInfo.InvariantCulture));

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> of) => new([.. items.Select(of)]);
}
