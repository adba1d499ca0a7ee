using System.Buffers.Text;
using System.Text.Json;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Events;
using SyncHealth.Ingest.Intake;

namespace SyncHealth.Ingest.Otlp;

/// <summary>The steps of reading OTLP/JSON. A value of the wrong shape ends the request, as it would in protobuf.</summary>
internal static class OtlpJson
{
    private static readonly Utf8Names<OtlpJsonField> Fields = new(
    [
        ("timeUnixNano", OtlpJsonField.TimeUnixNano), ("observedTimeUnixNano", OtlpJsonField.ObservedTimeUnixNano),
        ("eventName", OtlpJsonField.EventName),
    ]);

    /// <exception cref="MalformedBatchException">The reader is on something else than the start of an object.</exception>
    public static void ExpectObject(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Wrong("an object was expected");
    }

    public static bool NextField(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    public static bool NextElement(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType != JsonTokenType.EndArray;

    public static OtlpJsonField Field(ref Utf8JsonReader reader) =>
        JsonNames.TryFind(ref reader, Fields, out var field) ? field : OtlpJsonField.Other;

    /// <summary>Whether the current field has this name and holds an array, which the reader then stands at the start of. Other fields are skipped.</summary>
    public static bool EntersArray(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, bool skipOthers = true)
    {
        if (!reader.ValueSpan.SequenceEqual(name))
        {
            if (skipOthers)
                reader.Skip();
            return false;
        }

        reader.Read();
        if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.Null))
            throw Wrong("an array was expected");
        return reader.TokenType == JsonTokenType.StartArray;
    }

    /// <summary>A fixed64 field: text, as the specification says, or a number, as some SDKs send.</summary>
    public static ulong Nanoseconds(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return 0;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetUInt64(out var number))
            return number;
        if (reader.TokenType == JsonTokenType.String && Utf8Parser.TryParse(reader.ValueSpan, out number, out var used) && used == reader.ValueSpan.Length)
            return number;
        throw Wrong("a time in nanoseconds was expected");
    }

    public static MalformedBatchException Wrong(string what) =>
        new(ReasonCodes.MalformedBody, $"The body is not an OTLP ExportLogsServiceRequest: {what}.");
}
