using System.Buffers.Binary;
using System.Text;

namespace SyncHealth.Storage.Writes;

/// <summary>
/// Builds the body of a binary COPY in memory (https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format").
/// By hand, because a general importer resolves a type per value, which costs ten times the bytes' own cost.
/// </summary>
internal sealed class CopyBuffer
{
    private const int InitialBytes = 256 * 1024;
    private const short EndOfData = -1;
    private const int NullLength = -1;

    /// <summary>Type oids of pg_type, fixed for ever.</summary>
    private const int Int4Oid = 23;

    private const int Int8Oid = 20;

    /// <summary>Five 32-bit numbers before the elements of an array of one dimension.</summary>
    private const int ArrayHeaderBytes = 5 * sizeof(int);

    /// <summary>First byte of a binary <c>jsonb</c>: its version.</summary>
    private const byte JsonbVersion = 1;

    /// <summary>Signature, then 32 bits of flags and 32 bits of header extension length, all zero.</summary>
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xff, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];

    private byte[] _bytes = new byte[InitialBytes];
    private int _length;

    /// <summary>Rows started since the last <see cref="Clear"/>.</summary>
    public int Rows { get; private set; }

    public void Clear()
    {
        Rows = 0;
        _length = 0;
        Header.CopyTo(Take(Header.Length));
    }

    public void StartRow(short columns)
    {
        Rows++;
        BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), columns);
    }

    public void Write(long value)
    {
        var field = Take(sizeof(int) + sizeof(long));
        BinaryPrimitives.WriteInt32BigEndian(field, sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(field[sizeof(int)..], value);
    }

    public void Write(int value)
    {
        var field = Take(sizeof(int) + sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(field, sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(field[sizeof(int)..], value);
    }

    public void Write(short value)
    {
        var field = Take(sizeof(int) + sizeof(short));
        BinaryPrimitives.WriteInt32BigEndian(field, sizeof(short));
        BinaryPrimitives.WriteInt16BigEndian(field[sizeof(int)..], value);
    }

    public void Write(bool value)
    {
        var field = Take(sizeof(int) + sizeof(byte));
        BinaryPrimitives.WriteInt32BigEndian(field, sizeof(byte));
        field[sizeof(int)] = value ? (byte)1 : (byte)0;
    }

    public void Write(long? value)
    {
        if (value is { } present)
            Write(present);
        else
            WriteNull();
    }

    public void Write(int? value)
    {
        if (value is { } present)
            Write(present);
        else
            WriteNull();
    }

    /// <summary>A count that is null where it is 0: in narrow rows most are.</summary>
    public void WriteCount(long value) => Write(value == 0 ? (long?)null : value);

    /// <inheritdoc cref="WriteCount(long)"/>
    public void WriteCount(int value) => Write(value == 0 ? (int?)null : value);

    public void Write(bool? value)
    {
        if (value is { } present)
            Write(present);
        else
            WriteNull();
    }

    public void Write(ReadOnlySpan<byte> value)
    {
        var field = Take(sizeof(int) + value.Length);
        BinaryPrimitives.WriteInt32BigEndian(field, value.Length);
        value.CopyTo(field[sizeof(int)..]);
    }

    /// <summary>An <c>integer[]</c> or a <c>bigint[]</c> without nulls; null when empty.</summary>
    public void WriteArray(ReadOnlySpan<int> values)
    {
        var field = StartArray(values.Length, Int4Oid, sizeof(int));
        for (var i = 0; i < values.Length; i++, field = field[(sizeof(int) + sizeof(int))..])
        {
            BinaryPrimitives.WriteInt32BigEndian(field, sizeof(int));
            BinaryPrimitives.WriteInt32BigEndian(field[sizeof(int)..], values[i]);
        }
    }

    /// <inheritdoc cref="WriteArray(ReadOnlySpan{int})"/>
    public void WriteArray(ReadOnlySpan<long> values)
    {
        var field = StartArray(values.Length, Int8Oid, sizeof(long));
        for (var i = 0; i < values.Length; i++, field = field[(sizeof(int) + sizeof(long))..])
        {
            BinaryPrimitives.WriteInt32BigEndian(field, sizeof(long));
            BinaryPrimitives.WriteInt64BigEndian(field[sizeof(int)..], values[i]);
        }
    }

    public void WriteJson(string json)
    {
        var bytes = Encoding.UTF8.GetByteCount(json);
        var field = StartJson(bytes);
        Encoding.UTF8.GetBytes(json, field);
    }

    public void WriteJson(ReadOnlySpan<byte> utf8) => utf8.CopyTo(StartJson(utf8.Length));

    public void WriteNull() => BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), NullLength);

    /// <summary>Ends the data and returns all of it; valid until the next <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), EndOfData);
        return _bytes.AsMemory(0, _length);
    }

    /// <summary>Header of a one-dimensional array (dimensions, null flag, element type, length, lower bound); returns the place of its elements.</summary>
    private Span<byte> StartArray(int length, int elementOid, int elementBytes)
    {
        if (length == 0)
        {
            WriteNull();
            return [];
        }

        var bytes = ArrayHeaderBytes + (length * (sizeof(int) + elementBytes));
        var field = Take(sizeof(int) + bytes);
        BinaryPrimitives.WriteInt32BigEndian(field, bytes);
        BinaryPrimitives.WriteInt32BigEndian(field[4..], 1);
        BinaryPrimitives.WriteInt32BigEndian(field[8..], 0);
        BinaryPrimitives.WriteInt32BigEndian(field[12..], elementOid);
        BinaryPrimitives.WriteInt32BigEndian(field[16..], length);
        BinaryPrimitives.WriteInt32BigEndian(field[20..], 1);
        return field[24..];
    }

    private Span<byte> StartJson(int bytes)
    {
        var field = Take(sizeof(int) + 1 + bytes);
        BinaryPrimitives.WriteInt32BigEndian(field, bytes + 1);
        field[sizeof(int)] = JsonbVersion;
        return field[(sizeof(int) + 1)..];
    }

    private Span<byte> Take(int bytes)
    {
        if (_length + bytes > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes));
        var taken = _bytes.AsSpan(_length, bytes);
        _length += bytes;
        return taken;
    }
}
