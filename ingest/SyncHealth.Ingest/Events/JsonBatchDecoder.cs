using System.Text.Json;
using System.Text.Unicode;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Intake;

namespace SyncHealth.Ingest.Events;

/// <summary>Reads the body of <c>POST /v1/events</c> in one forward pass, in whatever order its fields come. Never throws.</summary>
internal static class JsonBatchDecoder
{
    private enum Field
    {
        Events = 1,
        Dropped,
        Resource,
        SentAt,
    }

    private static readonly Utf8Names<Field> Names = new(
        [("events", Field.Events), ("dropped", Field.Dropped), ("resource", Field.Resource), ("sentAt", Field.SentAt)]);

    private static readonly JsonReaderOptions Options = new() { MaxDepth = EventLimits.MaxNesting };

    /// <param name="body">Decompressed.</param>
    /// <param name="batch">Empty; filled as far as the body could be read.</param>
    /// <returns>Null, or why the body is no batch.</returns>
    public static Refusal? Decode(ReadOnlySpan<byte> body, DecodedBatch batch)
    {
        batch.Resources.Add(new DecodedResource());
        if (!Utf8.IsValid(body))
            return new Refusal(400, ReasonCodes.MalformedJson, "The body is not valid UTF-8.");
        try
        {
            var reader = new Utf8JsonReader(body, Options);
            Read(ref reader, batch);
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

    private static void Read(ref Utf8JsonReader reader, DecodedBatch batch)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new MalformedBatchException(ReasonCodes.MalformedJson, "The body must be an object with the array events.");

        var hasContent = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            hasContent |= ReadField(ref reader, batch);
        if (!hasContent)
            throw new MalformedBatchException(ReasonCodes.MalformedJson, "The body has neither events nor dropped.");

        // A second value after the first one is an error that only this read finds.
        reader.Read();
    }

    /// <returns>Whether the field is one that makes a batch.</returns>
    private static bool ReadField(ref Utf8JsonReader reader, DecodedBatch batch)
    {
        JsonNames.TryFind(ref reader, Names, out var field);
        reader.Read();
        switch (field)
        {
            case Field.Events: ReadEvents(ref reader, batch); break;
            case Field.Dropped: ReadDrops(ref reader, batch); break;
            case Field.Resource: JsonResourceReader.Read(ref reader, batch, batch.Resources[0]); break;
            case Field.SentAt: ReadSentAt(ref reader, batch); break;
            default:
                batch.Adjustments.UnknownFields++;
                reader.Skip();
                break;
        }

        return field is Field.Events or Field.Dropped;
    }

    private static void ReadEvents(ref Utf8JsonReader reader, DecodedBatch batch)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new MalformedBatchException(ReasonCodes.MalformedJson, "events must be an array.");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (batch.Events.Length == EventLimits.MaxEventsPerBatch)
                throw new MalformedBatchException(ReasonCodes.TooManyEvents, $"A batch may hold {EventLimits.MaxEventsPerBatch} events at most.");
            JsonEventReader.Read(ref reader, batch);
        }
    }

    private static void ReadDrops(ref Utf8JsonReader reader, DecodedBatch batch)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new MalformedBatchException(ReasonCodes.InvalidField, "dropped must be an array.");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (JsonItemReader.TryRead(ref reader, batch, out var item))
                batch.AddDrop(resource: 0, item);
            else
                batch.Adjustments.UnknownValues++;
        }
    }

    /// <summary>A <c>sentAt</c> that cannot be read is none: it only helps to correct a clock.</summary>
    private static void ReadSentAt(ref Utf8JsonReader reader, DecodedBatch batch)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var milliseconds))
            batch.SentAt = EventTime.FromMilliseconds(milliseconds);
        else if (reader.TokenType == JsonTokenType.String && IsoTime.TryParse(reader.ValueSpan, out var time))
            batch.SentAt = EventTime.Bounded(time);
        else if (reader.TokenType != JsonTokenType.Null)
            batch.Adjustments.UnknownValues++;
        reader.Skip();
    }
}
