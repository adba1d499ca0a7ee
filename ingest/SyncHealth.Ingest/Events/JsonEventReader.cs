using System.Text.Json;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Intake;

namespace SyncHealth.Ingest.Events;

/// <summary>Reads one object of <c>events</c>, forward only.</summary>
internal static class JsonEventReader
{
    /// <param name="reader">On the event's first token; on its last one afterwards.</param>
    /// <param name="batch">Receives the event.</param>
    public static void Read(ref Utf8JsonReader reader, DecodedBatch batch)
    {
        ref var e = ref batch.AddEvent(resource: 0);
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadFields(ref reader, batch, ref e, FieldNames.Event);
            batch.CloseEvent(ref e);
        }
        else
        {
            e.Reject(ReasonCodes.InvalidField, "An event must be an object.");
            reader.Skip();
        }
    }

    private static void ReadFields(ref Utf8JsonReader reader, DecodedBatch batch, ref DecodedEvent e, Utf8Names<EventField> names)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var known = JsonNames.TryFind(ref reader, names, out var field);
            reader.Read();
            if (known)
            {
                ReadValue(ref reader, batch, ref e, field);
                continue;
            }

            batch.Adjustments.UnknownFields++;
            reader.Skip();
        }
    }

    private static void ReadValue(ref Utf8JsonReader reader, DecodedBatch batch, ref DecodedEvent e, EventField field)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                break;
            case JsonTokenType.Number when reader.TryGetInt64(out var whole):
                EventFields.SetNumber(batch, ref e, field, whole);
                break;
            case JsonTokenType.Number when reader.TryGetDouble(out var number):
                EventFields.SetNumber(batch, ref e, field, number);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                EventFields.SetFlag(ref e, field, reader.TokenType == JsonTokenType.True);
                break;
            case JsonTokenType.String:
                using (var text = JsonText.Of(ref reader))
                {
                    batch.Adjustments.Scrubbed += text.Scrubbed ? 1 : 0;
                    EventFields.SetText(batch, ref e, field, text.Utf8);
                }

                break;
            case JsonTokenType.StartObject when field == EventField.Error:
                ReadFields(ref reader, batch, ref e, FieldNames.Error);
                break;
            case JsonTokenType.StartArray when field is EventField.Conflicts or EventField.Failures or EventField.Deferred:
                ReadList(ref reader, batch, ref e, field);
                break;
            default:
                EventFields.WrongType(ref e, field);
                reader.Skip();
                break;
        }
    }

    private static void ReadList(ref Utf8JsonReader reader, DecodedBatch batch, ref DecodedEvent e, EventField list)
    {
        batch.Lists.Restart(list);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (JsonItemReader.TryRead(ref reader, batch, out var item))
                batch.Lists.Add(list, item, ref batch.Adjustments);
            else
                ItemFields.WrongType(ref e, list);
        }
    }
}
