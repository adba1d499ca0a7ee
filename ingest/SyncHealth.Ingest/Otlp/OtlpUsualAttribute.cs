using System.Text.Unicode;

namespace SyncHealth.Ingest.Otlp;

/// <summary>
/// Reads a KeyValue laid out as every SDK writes it: the key, then a value of one field, both shorter than 128 bytes, so that each length is one byte. Twenty of
/// them make an event. Whatever is laid out otherwise, it leaves to <see cref="OtlpProtoValues"/>, which reads these the same.
/// </summary>
internal static class OtlpUsualAttribute
{
    // A tag is the field's number, then three bits of wire type: KeyValue { key = 1, value = 2 }, AnyValue { string = 1, bool = 2, int = 3 }.
    private const byte KeyTag = (1 << 3) | (byte)ProtoWire.Length;
    private const byte ValueTag = (2 << 3) | (byte)ProtoWire.Length;
    private const byte TextTag = (1 << 3) | (byte)ProtoWire.Length;
    private const byte FlagTag = (2 << 3) | (byte)ProtoWire.Varint;
    private const byte WholeTag = (3 << 3) | (byte)ProtoWire.Varint;

    /// <summary>A tag and a length.</summary>
    private const int HeaderBytes = 2;

    /// <summary>Bytes with this bit go on in the next one.</summary>
    private const byte More = 0x80;

    /// <summary>Bits of a varint's byte that are its value.</summary>
    private const int ValueBits = 7;

    /// <summary>Longest varint read here: 63 bits. A negative number has a tenth byte.</summary>
    private const int MaxVarintBytes = 9;

    /// <returns>False when it is laid out otherwise, or broken.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> key, out OtlpValue value)
    {
        key = default;
        value = default;
        var keyLength = LengthOf(message, KeyTag);
        if (keyLength < 0)
            return false;
        var rest = message[(HeaderBytes + keyLength)..];
        if (rest.Length < HeaderBytes || LengthOf(rest, ValueTag) != rest.Length - HeaderBytes || !TryValue(rest[HeaderBytes..], out value))
            return false;
        key = message.Slice(HeaderBytes, keyLength);
        return Utf8.IsValid(key);
    }

    /// <summary>Bytes of the field at the start of a message; -1 unless it has this tag and a length of one byte.</summary>
    private static int LengthOf(ReadOnlySpan<byte> message, byte tag) =>
        message.Length >= HeaderBytes && message[0] == tag && message[1] < More && message[1] <= message.Length - HeaderBytes ? message[1] : -1;

    private static bool TryValue(ReadOnlySpan<byte> any, out OtlpValue value)
    {
        value = default;
        if (any.Length < HeaderBytes)
            return false;
        switch (any[0])
        {
            case TextTag when LengthOf(any, TextTag) == any.Length - HeaderBytes && Utf8.IsValid(any[HeaderBytes..]):
                value = new OtlpValue { Kind = OtlpKind.Text, Bytes = any[HeaderBytes..] };
                return true;
            case FlagTag when any.Length == HeaderBytes && any[1] < More:
                value = new OtlpValue { Kind = OtlpKind.Flag, Flag = any[1] != 0 };
                return true;
            case WholeTag when TryVarint(any[1..], out var number):
                value = new OtlpValue { Kind = OtlpKind.Whole, Whole = number };
                return true;
            default:
                return false;
        }
    }

    /// <summary>A varint that fills its span.</summary>
    private static bool TryVarint(ReadOnlySpan<byte> bytes, out long number)
    {
        number = 0;
        if (bytes.Length > MaxVarintBytes || bytes[^1] >= More)
            return false;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (i < bytes.Length - 1 && bytes[i] < More)
                return false;
            number |= (long)(bytes[i] & (More - 1)) << (ValueBits * i);
        }

        return true;
    }
}
