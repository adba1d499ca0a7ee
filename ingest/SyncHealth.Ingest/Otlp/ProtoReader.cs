using System.Buffers.Binary;

namespace SyncHealth.Ingest.Otlp;

/// <summary>Reads the fields of one protobuf message in order. Bounded by its span; never throws, never recurses.</summary>
/// <remarks>A broken message ends the reading and sets <see cref="IsMalformed"/>. Groups, which OTLP does not use, are broken.</remarks>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    private const int MaxVarintBytes = 10;

    private ReadOnlySpan<byte> _rest = message;

    /// <summary>Number of the current field.</summary>
    public int Field { get; private set; }

    public ProtoWire Wire { get; private set; }

    /// <summary>The current field's value where it is a number; fixed ones as their bits.</summary>
    public ulong Number { get; private set; }

    /// <summary>The current field's value where it has a length.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    public bool IsMalformed { get; private set; }

    /// <summary>Goes to the next field; false at the end or at the first fault.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty || IsMalformed)
            return false;
        IsMalformed = !TryField();
        return !IsMalformed;
    }

    private bool TryField()
    {
        if (!TryVarint(out var tag) || tag >> 3 is 0 or > 536_870_911)
            return false;
        Field = (int)(tag >> 3);
        Wire = (ProtoWire)(tag & 7);
        Bytes = default;
        switch (Wire)
        {
            case ProtoWire.Varint:
                return Set(TryVarint(out var value), value);
            case ProtoWire.Fixed64:
                return TryTake(8) && Set(true, BinaryPrimitives.ReadUInt64LittleEndian(Bytes));
            case ProtoWire.Fixed32:
                return TryTake(4) && Set(true, BinaryPrimitives.ReadUInt32LittleEndian(Bytes));
            case ProtoWire.Length:
                return TryVarint(out var length) && length <= (ulong)_rest.Length && TryTake((int)length);
            default:
                return false;
        }
    }

    private bool Set(bool holds, ulong value)
    {
        Number = value;
        return holds;
    }

    private bool TryTake(int length)
    {
        if (length > _rest.Length)
            return false;
        Bytes = _rest[..length];
        _rest = _rest[length..];
        return true;
    }

    /// <summary>Nearly every tag, length and count takes one byte.</summary>
    private bool TryVarint(out ulong value)
    {
        if (_rest.IsEmpty || _rest[0] >= 0x80)
            return TryLongVarint(out value);
        value = _rest[0];
        _rest = _rest[1..];
        return true;
    }

    private bool TryLongVarint(out ulong value)
    {
        value = 0;
        for (var i = 0; i < MaxVarintBytes && i < _rest.Length; i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] >= 0x80)
                continue;
            _rest = _rest[(i + 1)..];
            return true;
        }

        return false;
    }
}
