using System.Buffers.Binary;
using System.Text;

namespace SyncHealth.Faults.Tests.Support;

/// <summary>Writes OTLP log requests in protobuf, field by field.</summary>
internal static class OtlpBytes
{
    private const int Length = 2;

    public static byte[] Request((string Key, object Value)[] resource, params byte[][] records) => Field(1,
        [.. Field(1, Attributes(1, resource)), .. Field(2, [.. records.SelectMany(record => Field(2, record))])]);

    public static byte[] Record(string eventName, DateTimeOffset at, params (string Key, object Value)[] attributes) =>
        [.. Fixed64(1, (ulong)(at - DateTimeOffset.UnixEpoch).Ticks * 100), .. Attributes(6, attributes), .. Field(12, Encoding.UTF8.GetBytes(eventName))];

    /// <summary>A record whose one attribute nests lists this deep.</summary>
    public static byte[] NestedRecord(int depth, bool keyValues)
    {
        var value = Any("end");
        for (var level = 0; level < depth; level++)
            value = keyValues ? Field(6, Field(1, [.. Field(1, "k"u8), .. Field(2, value)])) : Field(5, Field(1, value));
        return [.. Field(6, [.. Field(1, "nested"u8), .. Field(2, value)]), .. Field(12, "sync.attempt"u8)];
    }

    public static byte[] Field(int number, ReadOnlySpan<byte> bytes) =>
        [.. Varint(((ulong)number << 3) | Length), .. Varint((ulong)bytes.Length), .. bytes];

    private static byte[] Attributes(int field, (string Key, object Value)[] attributes) =>
        [.. attributes.SelectMany(pair => Field(field, [.. Field(1, Encoding.UTF8.GetBytes(pair.Key)), .. Field(2, Any(pair.Value))]))];

    private static byte[] Any(object value) => value switch
    {
        string text => Field(1, Encoding.UTF8.GetBytes(text)),
        bool flag => [2 << 3, flag ? (byte)1 : (byte)0],
        int whole => [3 << 3, .. Varint((ulong)whole)],
        double real => Fixed64(4, BitConverter.DoubleToUInt64Bits(real)),
        (string, object)[] list => Field(6, Attributes(1, list)),
        object[] array => Field(5, [.. array.SelectMany(element => Field(1, Any(element)))]),
        _ => throw new ArgumentException(value.GetType().Name, nameof(value)),
    };

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }

    private static byte[] Fixed64(int number, ulong value)
    {
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return [.. Varint(((ulong)number << 3) | 1), .. bytes];
    }
}
