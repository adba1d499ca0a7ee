using System.Buffers;
using System.Text;
using System.Text.Json;
using SyncHealth.Contracts;

namespace SyncHealth.Ingest.Intake;

/// <summary>
/// What is kept of an event that was refused for its time, for whoever looks into the quarantine: the decoded fields, the same for every transport.
/// Not the bytes as they came: a field that nobody knows is one that nobody has scrubbed.
/// </summary>
internal static class QuarantineRecord
{
    public static string Of(in DecodedEvent e)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            ref readonly var row = ref e.Row;
            writer.WriteStartObject();
            writer.WriteString("timestamp", row.DeviceAt);
            writer.WriteString("type", Wire.Type.NameOf(row.Type));
            writer.WriteNumber("durationMs", row.DurationMs);
            writer.WriteNumber("conflictCount", row.ConflictCount);
            writer.WriteNumber("queuedItems", row.QueuedItems);
            writer.WriteNumber("retries", row.Retries);
            writer.WriteString("trigger", Wire.Trigger.NameOf(e.Trigger));
            writer.WriteString("network", Wire.Network.NameOf(e.Network));
            WriteOptional(writer, e);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    private static void WriteOptional(Utf8JsonWriter writer, in DecodedEvent e)
    {
        // An open or a reset is no attempt and has none.
        if (e.Row.Outcome != SyncOutcome.None)
            writer.WriteString("outcome", Wire.Outcome.NameOf(e.Row.Outcome));
        if (e.Row.Seq is { } seq)
            writer.WriteNumber("seq", seq);
        if (e.AgeMs is { } age)
            writer.WriteNumber("ageMs", age);
        if (e.Row.ErrorKind != SyncErrorKind.None)
            writer.WriteString("errorKind", Wire.ErrorKind.NameOf(e.Row.ErrorKind));
        foreach (var (name, value) in new[] { ("errorCode", e.Row.ErrorCode), ("appVersion", e.AppVersion), ("os", e.Os), ("osVersion", e.OsVersion) })
            if (!string.IsNullOrEmpty(value))
                writer.WriteString(name, NameLimits.Short(value));
    }
}
