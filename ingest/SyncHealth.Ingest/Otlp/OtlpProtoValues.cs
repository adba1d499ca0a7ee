using System.Text.Unicode;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Intake;

namespace SyncHealth.Ingest.Otlp;

/// <summary>Reads KeyValue and AnyValue in protobuf.</summary>
internal static class OtlpProtoValues
{
    public static bool TryKeyValue(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> key, out OtlpValue value) =>
        OtlpUsualAttribute.TryRead(message, out key, out value) || TryKeyValue(message, depth: 0, out key, out value);

    /// <summary>An array of key-value lists; see <see cref="OtlpItemsReader"/>.</summary>
    public static bool TryReadItems(ReadOnlySpan<byte> array, DecodedBatch batch, EventField list)
    {
        var fits = true;
        var values = new ProtoReader(array);
        while (values.Next())
        {
            if (values is not { Field: 1, Wire: ProtoWire.Length })
                continue;
            fits &= TryValue(values.Bytes, depth: 0, out var line) && line.Kind == OtlpKind.KeyValues
                && TryItem(line.Bytes, batch, list);
        }

        return fits && !values.IsMalformed;
    }

    private static bool TryKeyValue(ReadOnlySpan<byte> message, int depth, out ReadOnlySpan<byte> key, out OtlpValue value)
    {
        key = default;
        value = default;
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Wire != ProtoWire.Length)
                continue;
            if (reader.Field == 1)
                key = reader.Bytes;
            else if (reader.Field == 2 && !TryValue(reader.Bytes, depth, out value))
                return false;
        }

        return !reader.IsMalformed && Utf8.IsValid(key);
    }

    private static bool TryItem(ReadOnlySpan<byte> keyValues, DecodedBatch batch, EventField list)
    {
        var item = new DecodedItem();
        var fits = true;
        var reader = new ProtoReader(keyValues);
        while (reader.Next())
        {
            if (reader is { Field: 1, Wire: ProtoWire.Length })
                fits &= TryKeyValue(reader.Bytes, out var key, out var value) && OtlpItem.TrySet(batch, ref item, key, value);
        }

        batch.Lists.Add(list, item, ref batch.Adjustments);
        return fits && !reader.IsMalformed;
    }

    private static bool TryValue(ReadOnlySpan<byte> message, int depth, out OtlpValue value)
    {
        value = default;
        if (depth > EventLimits.MaxNesting)
            return false;
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            value = (reader.Field, reader.Wire) switch
            {
                (1, ProtoWire.Length) => new OtlpValue { Kind = OtlpKind.Text, Bytes = reader.Bytes },
                (2, ProtoWire.Varint) => new OtlpValue { Kind = OtlpKind.Flag, Flag = reader.Number != 0 },
                (3, ProtoWire.Varint) => new OtlpValue { Kind = OtlpKind.Whole, Whole = (long)reader.Number },
                (4, ProtoWire.Fixed64) => new OtlpValue { Kind = OtlpKind.Real, Real = BitConverter.UInt64BitsToDouble(reader.Number) },
                (5, ProtoWire.Length) => new OtlpValue { Kind = OtlpKind.Array, Bytes = reader.Bytes },
                (6, ProtoWire.Length) => new OtlpValue { Kind = OtlpKind.KeyValues, Bytes = reader.Bytes },
                (7, ProtoWire.Length) => new OtlpValue { Kind = OtlpKind.Bytes, Bytes = reader.Bytes },
                _ => value,
            };
        }

        return !reader.IsMalformed && IsSound(value, depth);
    }

    /// <summary>Text must be UTF-8, and lists must not nest without end, used or not.</summary>
    private static bool IsSound(scoped in OtlpValue value, int depth)
    {
        if (value.Kind == OtlpKind.Text)
            return Utf8.IsValid(value.Bytes);
        if (value.Kind is not (OtlpKind.Array or OtlpKind.KeyValues))
            return true;
        var reader = new ProtoReader(value.Bytes);
        while (reader.Next())
        {
            if (reader is not { Field: 1, Wire: ProtoWire.Length })
                continue;
            if (value.Kind == OtlpKind.Array ? !TryValue(reader.Bytes, depth + 1, out _) : !TryKeyValue(reader.Bytes, depth + 1, out _, out _))
                return false;
        }

        return !reader.IsMalformed;
    }
}
