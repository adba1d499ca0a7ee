using System.Text.Json;
using SyncHealth.Ingest.Intake;

namespace SyncHealth.Ingest.Events;

/// <summary>Reads one line of <c>conflicts</c>, <c>failures</c>, <c>deferred</c> or <c>dropped</c>.</summary>
internal static class JsonItemReader
{
    /// <param name="reader">On the line's first token; on its last one afterwards, whatever the answer.</param>
    /// <param name="batch">Makes the strings and counts unknown fields.</param>
    /// <param name="item">The line.</param>
    /// <returns>False when the line is no object or one of its values does not fit its field.</returns>
    public static bool TryRead(ref Utf8JsonReader reader, DecodedBatch batch, out DecodedItem item)
    {
        item = new DecodedItem();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return false;
        }

        var fits = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var known = JsonNames.TryFind(ref reader, FieldNames.Item, out var field);
            reader.Read();
            if (known)
                fits &= TryReadValue(ref reader, batch, ref item, field);
            else
                batch.Adjustments.UnknownFields++;
            reader.Skip();
        }

        return fits;
    }

    private static bool TryReadValue(ref Utf8JsonReader reader, DecodedBatch batch, ref DecodedItem item, ItemField field)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.Number:
                return reader.TryGetInt64(out var number) && ItemFields.SetNumber(ref item, field, number);
            case JsonTokenType.True or JsonTokenType.False:
                return ItemFields.SetFlag(ref item, field, reader.TokenType == JsonTokenType.True);
            case JsonTokenType.String:
                using (var text = JsonText.Of(ref reader))
                {
                    batch.Adjustments.Scrubbed += text.Scrubbed ? 1 : 0;
                    return ItemFields.SetText(batch, ref item, field, text.Utf8);
                }

            default:
                return false;
        }
    }
}
