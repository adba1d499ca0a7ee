using System.Buffers.Binary;
using System.Text;

namespace SyncHealth.Ingest.Tests.Support;

/// <summary>Writes OTLP log requests in protobuf, by hand: what the decoder is held against must not be the decoder.</summary>
internal static class OtlpBody
{
    public static byte[] Request(byte[] resourceLogs) => Field(1, resourceLogs);

    /// <summary>A resource with these attributes, and its records.</summary>
    public static byte[] ResourceLogs((string Key, object Value)[] resource, params byte[][] records) =>
        [.. Field(1, Attributes(1, resource)), .. Field(2, [.. records.SelectMany(record => Field(2, record))])];

    public static byte[] Record(string eventName, DateTimeOffset at, params (string Key, object Value)[] attributes) =>
        [.. Fixed64(1, (ulong)(at - DateTimeOffset.UnixEpoch).Ticks * 100), .. Attributes(6, attributes), .. Field(12, Encoding.UTF8.GetBytes(eventName))];

    public static byte[] Attributes(int field, (string Key, object Value)[] attributes) =>
        [.. attributes.SelectMany(pair => Field(field, [.. Field(1, Encoding.UTF8.GetBytes(pair.Key)), .. Field(2, Any(pair.Value))]))];

    public static byte[] Any(object value) => value switch
    {
        string text => Field(1, Encoding.UTF8.GetBytes(text)),
        bool flag => [.. Varint(2 << 3), flag ? (byte)1 : (byte)0],
        int whole => [.. Varint(3 << 3), .. Varint((ulong)whole)],
        long whole => [.. Varint(3 << 3), .. Varint((ulong)whole)],
        double real => Fixed64(4, BitConverter.DoubleToUInt64Bits(real)),
        object[] array => Field(5, [.. array.SelectMany(element => Field(1, Any(element)))]),
        (string, object)[] list => Field(6, Attributes(1, list)),
        _ => throw new ArgumentException(value.GetType().Name),
    };

    public static byte[] Field(int number, byte[] bytes) => [.. Varint(((ulong)number << 3) | 2), .. Varint((ulong)bytes.Length), .. bytes];

    public static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }

    private static byte[] Fixed64(int number, ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return [.. Varint(((ulong)number << 3) | 1), .. bytes];
    }
}
