using System.Buffers.Text;
using System.Text.Json;
using SyncHealth.Ingest.Events;
using SyncHealth.Ingest.Intake;

namespace SyncHealth.Ingest.Otlp;

/// <summary>Reads AnyValue in OTLP/JSON.</summary>
internal static class OtlpJsonValues
{
    private static readonly Utf8Names<OtlpKind> Kinds = new(
    [
        ("stringValue", OtlpKind.Text), ("boolValue", OtlpKind.Flag), ("intValue", OtlpKind.Whole), ("doubleValue", OtlpKind.Real),
        ("arrayValue", OtlpKind.Array), ("kvlistValue", OtlpKind.KeyValues), ("bytesValue", OtlpKind.Bytes),
    ]);

    /// <param name="reader">On the AnyValue's first token; on its last one afterwards.</param>
    /// <param name="json">What the reader reads.</param>
    /// <param name="text">Owns a text's bytes.</param>
    public static OtlpValue Read(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json, out JsonText text)
    {
        text = default;
        var value = default(OtlpValue);
        if (reader.TokenType == JsonTokenType.Null)
            return value;
        OtlpJson.ExpectObject(ref reader);
        while (OtlpJson.NextField(ref reader))
        {
            var known = JsonNames.TryFind(ref reader, Kinds, out var kind);
            reader.Read();
            if (known && reader.TokenType != JsonTokenType.Null)
            {
                text.Dispose();
                value = Typed(ref reader, json, kind, out text);
            }

            reader.Skip();
        }

        return value;
    }

    /// <summary>An array of key-value lists; see <see cref="OtlpItemsReader"/>.</summary>
    public static bool TryReadItems(ReadOnlySpan<byte> array, DecodedBatch batch, EventField list)
    {
        var fits = true;
        var reader = new Utf8JsonReader(array);
        reader.Read();
        while (OtlpJson.NextField(ref reader))
        {
            if (!OtlpJson.EntersArray(ref reader, "values"u8))
                continue;
            while (OtlpJson.NextElement(ref reader))
            {
                var line = Read(ref reader, array, out var text);
                fits &= line.Kind == OtlpKind.KeyValues && TryItem(line.Bytes, batch, list);
                text.Dispose();
            }
        }

        return fits;
    }

    private static bool TryItem(ReadOnlySpan<byte> keyValues, DecodedBatch batch, EventField list)
    {
        var item = new DecodedItem();
        var fits = true;
        var reader = new Utf8JsonReader(keyValues);
        reader.Read();
        while (OtlpJson.NextField(ref reader))
        {
            if (!OtlpJson.EntersArray(ref reader, "values"u8))
                continue;
            while (OtlpJson.NextElement(ref reader))
            {
                using var attribute = OtlpJsonAttribute.Read(ref reader, keyValues);
                fits &= OtlpItem.TrySet(batch, ref item, attribute.Key, attribute.Value);
            }
        }

        batch.Lists.Add(list, item, ref batch.Adjustments);
        return fits;
    }

    private static OtlpValue Typed(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json, OtlpKind kind, out JsonText text)
    {
        text = default;
        switch (kind)
        {
            case OtlpKind.Text or OtlpKind.Bytes when reader.TokenType == JsonTokenType.String:
                text = JsonText.Of(ref reader);
                return new OtlpValue { Kind = kind, Bytes = text.Utf8 };
            case OtlpKind.Flag when reader.TokenType is JsonTokenType.True or JsonTokenType.False:
                return new OtlpValue { Kind = kind, Flag = reader.TokenType == JsonTokenType.True };
            case OtlpKind.Whole when TryWhole(ref reader, out var whole):
                return new OtlpValue { Kind = kind, Whole = whole };
            case OtlpKind.Real when TryReal(ref reader, out var real):
                return new OtlpValue { Kind = kind, Real = real };
            case OtlpKind.Array or OtlpKind.KeyValues when reader.TokenType == JsonTokenType.StartObject:
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                return new OtlpValue { Kind = kind, Bytes = json[start..(int)reader.BytesConsumed] };
            default:
                throw OtlpJson.Wrong("an attribute's value does not fit its kind");
        }
    }

    private static bool TryWhole(ref Utf8JsonReader reader, out long value)
    {
        value = 0;
        return reader.TokenType switch
        {
            JsonTokenType.Number => reader.TryGetInt64(out value),
            JsonTokenType.String => Utf8Parser.TryParse(reader.ValueSpan, out value, out var used) && used == reader.ValueSpan.Length,
            _ => false,
        };
    }

    /// <summary>"NaN", "Infinity" and "-Infinity" are text, as in protobuf's JSON.</summary>
    private static bool TryReal(ref Utf8JsonReader reader, out double value)
    {
        value = 0;
        return reader.TokenType switch
        {
            JsonTokenType.Number => reader.TryGetDouble(out value),
            JsonTokenType.String => Utf8Parser.TryParse(reader.ValueSpan, out value, out var used) && used == reader.ValueSpan.Length,
            _ => false,
        };
    }
}
