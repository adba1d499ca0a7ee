using System.Buffers;

namespace SyncHealth.Ingest.Limits;

/// <summary>A decompressed body in a pooled buffer that counts against the bytes in flight. Grows up to one byte over its limit.</summary>
/// <remarks>All buffers on the way to the limit together stay below twice the limit: that is what one decompression bomb may cost.</remarks>
internal sealed class RequestBody(InFlightBytes inFlight, int maxBytes) : IDisposable
{
    /// <summary>Up to here a buffer grows fourfold, so that few sizes are left in the pool behind it; then twofold. Beyond it only the limit is left.</summary>
    private const int FastGrowthBytes = 4 * 1024 * 1024;

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
        var grown = Rent(NextSize(wanted));
        if (!inFlight.TryTake(grown.Length - _buffer.Length))
        {
            Return(grown);
            return false;
        }

        _buffer.AsSpan(0, _length).CopyTo(grown);
        Return(_buffer);
        _buffer = grown;
        return true;
    }

    public void Dispose()
    {
        Return(_buffer);
        inFlight.Give(_buffer.Length);
        _buffer = [];
        _length = 0;
    }

    /// <summary>A step that would end close below the limit goes to the limit: the last but one buffer would be wasted.</summary>
    private int NextSize(int wanted)
    {
        var size = Math.Max(wanted, _buffer.Length <= FastGrowthBytes ? _buffer.Length * 4 : _buffer.Length * 2);
        return size > (maxBytes + 1) / 3 * 2 ? maxBytes + 1 : size;
    }

    /// <summary>The pool knows powers of two only: from it the largest body would take up to twice its limit.</summary>
    private byte[] Rent(int size) => size > maxBytes ? GC.AllocateUninitializedArray<byte>(size) : ArrayPool<byte>.Shared.Rent(size);

    private void Return(byte[] buffer)
    {
        if (buffer.Length > 0 && buffer.Length != maxBytes + 1)
            ArrayPool<byte>.Shared.Return(buffer);
    }
}
