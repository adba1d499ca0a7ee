using System.Text.Json;
using System.Text.Unicode;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Events;
using SyncHealth.Ingest.Intake;

namespace SyncHealth.Ingest.ServerLog;

/// <summary>Reads the body of <c>POST /v1/server-log</c> in one forward pass, in whatever order its fields come. Never throws.</summary>
internal static class ServerLogDecoder
{
    private enum Field
    {
        App = 1,
        Contacts,
        DeviceId,
        At,
        Accepted,
    }

    private static readonly Utf8Names<Field> BodyNames = new([("app", Field.App), ("contacts", Field.Contacts)]);

    private static readonly Utf8Names<Field> ContactNames = new([("deviceId", Field.DeviceId), ("at", Field.At), ("accepted", Field.Accepted)]);

    private static readonly JsonReaderOptions Options = new() { MaxDepth = EventLimits.MaxNesting };

    /// <param name="body">Decompressed.</param>
    /// <param name="texts">Makes the ids as those of events are made, so that both mean the same device.</param>
    /// <param name="log">Empty; filled as far as the body could be read.</param>
    /// <returns>Null, or why the body is no log.</returns>
    public static Refusal? Decode(ReadOnlySpan<byte> body, DecodedBatch texts, DecodedServerLog log)
    {
        if (!Utf8.IsValid(body))
            return new Refusal(400, ReasonCodes.MalformedJson, "The body is not valid UTF-8.");
        try
        {
            var reader = new Utf8JsonReader(body, Options);
            Read(ref reader, texts, log);
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

    private static void Read(ref Utf8JsonReader reader, DecodedBatch texts, DecodedServerLog log)
    {
        reader.Read();
        Expect(reader.TokenType == JsonTokenType.StartObject, ReasonCodes.MalformedJson, "The body must be an object with the array contacts.");
        var hasContacts = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            JsonNames.TryFind(ref reader, BodyNames, out var field);
            reader.Read();
            if (field == Field.App && reader.TokenType == JsonTokenType.String)
                log.App = TextOf(ref reader, texts);
            else if (field == Field.App)
                Expect(reader.TokenType == JsonTokenType.Null, ReasonCodes.InvalidField, "app must be text.");
            else if (field == Field.Contacts)
                ReadContacts(ref reader, texts, log);
            else
                reader.Skip();
            hasContacts |= field == Field.Contacts;
        }

        Expect(hasContacts, ReasonCodes.MalformedJson, "The body has no contacts.");
        // A second value after the first one is an error that only this read finds.
        reader.Read();
    }

    private static void ReadContacts(ref Utf8JsonReader reader, DecodedBatch texts, DecodedServerLog log)
    {
        Expect(reader.TokenType == JsonTokenType.StartArray, ReasonCodes.MalformedJson, "contacts must be an array.");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Expect(log.Contacts.Count < EventLimits.MaxEventsPerBatch, ReasonCodes.TooManyEvents, $"A request may hold {EventLimits.MaxEventsPerBatch} contacts at most.");
            log.Contacts.Add(ReadContact(ref reader, texts));
        }
    }

    private static DecodedContact ReadContact(ref Utf8JsonReader reader, DecodedBatch texts)
    {
        var contact = new DecodedContact { DeviceId = "" };
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return contact with { Wrong = "contact" };
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var known = JsonNames.TryFind(ref reader, ContactNames, out var field);
            reader.Read();
            if (known && reader.TokenType != JsonTokenType.Null && !TrySet(ref reader, texts, field, ref contact))
                contact.Wrong ??= JsonNamingPolicy.CamelCase.ConvertName(field.ToString());
            reader.Skip();
        }

        return contact;
    }

    private static bool TrySet(ref Utf8JsonReader reader, DecodedBatch texts, Field field, ref DecodedContact contact)
    {
        switch (field)
        {
            case Field.DeviceId when reader.TokenType is JsonTokenType.String or JsonTokenType.Number:
                contact.DeviceId = TextOf(ref reader, texts);
                return true;
            case Field.At when reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var milliseconds):
                contact.At = EventTime.FromMilliseconds(milliseconds);
                return true;
            case Field.At when reader.TokenType == JsonTokenType.String && IsoTime.TryParse(reader.ValueSpan, out var time):
                contact.At = EventTime.Bounded(time);
                return true;
            case Field.Accepted when reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var items) && items >= 0:
                contact.Accepted = (int)Math.Min(items, int.MaxValue);
                return true;
            default:
                return false;
        }
    }

    private static string TextOf(ref Utf8JsonReader reader, DecodedBatch texts)
    {
        using var text = JsonText.Of(ref reader);
        return texts.Text(text.Utf8);
    }

    private static void Expect(bool holds, string code, string message)
    {
        if (!holds)
            throw new MalformedBatchException(code, message);
    }
}
