using System.Text.Json;
using System.Text.Unicode;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Events;
using SyncHealth.Ingest.Intake;

namespace SyncHealth.Ingest.Otlp;

/// <summary>Reads an ExportLogsServiceRequest in OTLP's own JSON (64-bit numbers as text or number). Never throws.</summary>
internal static class OtlpJsonDecoder
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = EventLimits.MaxNesting };

    private static readonly OtlpItemsReader Items = OtlpJsonValues.TryReadItems;

    /// <returns>Null, or why the body cannot be read.</returns>
    public static Refusal? Decode(ReadOnlySpan<byte> body, DecodedBatch batch)
    {
        if (!Utf8.IsValid(body))
            return new Refusal(400, ReasonCodes.MalformedJson, "The body is not valid UTF-8.");
        try
        {
            var reader = new Utf8JsonReader(body, Options);
            reader.Read();
            ReadRequest(ref reader, body, batch);

            // A second value after the first one is an error that only this read finds.
            reader.Read();
            return null;
        }
        catch (JsonException e)
        {
            return new Refusal(400, ReasonCodes.MalformedJson, $"The body is not valid JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine}.");
        }
        catch (MalformedBatchException e)
        {
            return new Refusal(e.Code == ReasonCodes.TooManyEvents ? 413 : 400, e.Code, e.Message);
        }
    }

    private static void ReadRequest(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, DecodedBatch batch)
    {
        OtlpJson.ExpectObject(ref reader);
        while (OtlpJson.NextField(ref reader))
        {
            if (!OtlpJson.EntersArray(ref reader, "resourceLogs"u8))
                continue;
            while (OtlpJson.NextElement(ref reader))
                ReadResourceLogs(ref reader, body, batch);
        }
    }

    private static void ReadResourceLogs(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, DecodedBatch batch)
    {
        var place = batch.Resources.Count;
        batch.Resources.Add(new DecodedResource());
        var resource = new OtlpResource(batch);
        OtlpJson.ExpectObject(ref reader);
        while (OtlpJson.NextField(ref reader))
        {
            if (reader.ValueSpan.SequenceEqual("resource"u8))
            {
                reader.Read();
                ReadResource(ref reader, body, resource);
            }
            else if (OtlpJson.EntersArray(ref reader, "scopeLogs"u8))
            {
                while (OtlpJson.NextElement(ref reader))
                    ReadScopeLogs(ref reader, body, batch, place);
            }
        }

        batch.Resources[place] = resource.Complete();
    }

    private static void ReadResource(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, OtlpResource resource)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return;
        OtlpJson.ExpectObject(ref reader);
        while (OtlpJson.NextField(ref reader))
        {
            if (!OtlpJson.EntersArray(ref reader, "attributes"u8))
                continue;
            while (OtlpJson.NextElement(ref reader))
            {
                using var attribute = OtlpJsonAttribute.Read(ref reader, body);
                resource.Set(attribute.Key, attribute.Value);
            }
        }
    }

    private static void ReadScopeLogs(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, DecodedBatch batch, int resource)
    {
        OtlpJson.ExpectObject(ref reader);
        while (OtlpJson.NextField(ref reader))
        {
            if (!OtlpJson.EntersArray(ref reader, "logRecords"u8))
                continue;
            while (OtlpJson.NextElement(ref reader))
            {
                if (batch.Events.Length == EventLimits.MaxEventsPerBatch)
                    throw new MalformedBatchException(ReasonCodes.TooManyEvents, $"A request may hold {EventLimits.MaxEventsPerBatch} log records at most.");
                ReadRecord(ref reader, body, batch, resource);
            }
        }
    }

    private static void ReadRecord(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, DecodedBatch batch, int resource)
    {
        ref var e = ref batch.AddEvent(resource);
        var observed = 0UL;
        (bool IsStored, SyncType? Type) name = default;
        OtlpJson.ExpectObject(ref reader);
        while (OtlpJson.NextField(ref reader))
        {
            if (OtlpJson.EntersArray(ref reader, "attributes"u8, skipOthers: false))
            {
                while (OtlpJson.NextElement(ref reader))
                    ReadAttribute(ref reader, body, batch, ref e, ref name);
                continue;
            }

            var field = OtlpJson.Field(ref reader);
            reader.Read();
            if (field == OtlpJsonField.TimeUnixNano)
                OtlpRecord.SetTime(ref e, OtlpJson.Nanoseconds(ref reader));
            else if (field == OtlpJsonField.ObservedTimeUnixNano)
                observed = OtlpJson.Nanoseconds(ref reader);
            else if (field == OtlpJsonField.EventName && reader.TokenType == JsonTokenType.String && OtlpNames.Events.TryFind(reader.ValueSpan, out var found))
                name = found;
            reader.Skip();
        }

        if (!e.HasTimestamp)
            OtlpRecord.SetTime(ref e, observed);
        OtlpRecord.Close(batch, ref e, name);
    }

    private static void ReadAttribute(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> body, DecodedBatch batch, ref DecodedEvent e, ref (bool, SyncType?) name)
    {
        using var attribute = OtlpJsonAttribute.Read(ref reader, body);
        if (!attribute.Key.SequenceEqual("event.name"u8))
            OtlpRecord.SetAttribute(batch, ref e, attribute.Key, attribute.Value, Items);
        else if (attribute.Value.Kind == OtlpKind.Text && OtlpNames.Events.TryFind(attribute.Value.Bytes, out var found))
            name = found;
    }
}
