using System.Buffers;
using System.Text;
using System.Text.Json;

namespace SyncHealth.Storage.Alerts;

/// <summary>Writes many alert instances as one list of JSON, which <c>SaveAlerts.sql</c> reads: a rule that is new begins with hundreds of segments, a bad release keeps as many alerts open.</summary>
internal static class AlertRows
{
    public static string Write(IReadOnlyList<AlertSave> saves)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var save in saves)
                Write(json, save);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, AlertSave save)
    {
        json.WriteStartObject();
        json.WriteString("rule", save.Rule);
        json.WriteString("app", save.App);
        WriteRaw(json, "segment", Segment.Format(save.Segment));
        json.WriteString("class", save.Class);
        json.WriteString("severity", save.Severity);
        json.WriteString("status", save.Status);
        json.WriteString("since", save.Since.ToUniversalTime());
        json.WriteNumber("episode", save.Episode);
        json.WriteNumber("seq", save.Sequence);
        json.WriteNumber("version", save.Version);
        WriteRaw(json, "state", save.StateJson);
        if (save.Value is { } value)
            json.WriteNumber("metric_value", value);
        json.WriteNumber("threshold", save.Threshold);
        json.WriteString("unit", save.Unit);
        json.WriteNumber("attempts", save.Attempts);
        json.WriteNumber("devices", save.Devices);
        WriteRaw(json, "labels", Segment.Format(save.Labels));
        WriteRaw(json, "goes_to", save.GoesToJson);
        json.WriteString("muted", save.Muted);
        json.WriteString("evaluated_at", save.EvaluatedAt.ToUniversalTime());
        json.WriteEndObject();
    }

    private static void WriteRaw(Utf8JsonWriter json, string name, string raw)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(raw);
    }
}
