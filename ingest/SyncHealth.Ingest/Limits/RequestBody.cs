using System.Buffers;

namespace SyncHealth.Ingest.Limits;

/// <summary>A decompressed body in a pooled buffer that counts against the bytes in flight. Grows up to one byte over its limit.</summary>
internal sealed class RequestBody(InFlightBytes inFlight, int maxBytes) : IDisposable
{
    private byte[] _buffer = [];
    private int _length;

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    public bool IsTooLarge => _length > maxBytes;

    /// <summary>Where to read the next bytes; empty only when the body is too large.</summary>
    public Memory<byte> Free => _buffer.AsMemory(_length, Math.Min(_buffer.Length, maxBytes + 1) - _length);

    public void Advance(int bytes) => _length += bytes;

    /// <summary>Makes room for at least one more byte; false when too many bytes are in flight.</summary>
    public bool TryGrow(int wanted)
    {
        if (_length < _buffer.Length)
            return true;
        var grown = ArrayPool<byte>.Shared.Rent(Math.Min(Math.Max(wanted, _buffer.Length * 2), maxBytes + 1));
        if (!inFlight.TryTake(grown.Length - _buffer.Length))
        {
            ArrayPool<byte>.Shared.Return(grown);
            return false;
        }

        _buffer.AsSpan(0, _length).CopyTo(grown);
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = grown;
        return true;
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        inFlight.Give(_buffer.Length);
        _buffer = [];
        _length = 0;
    }
}
