using System.Buffers;

namespace SyncHealth.Ingest.Limits;

/// <summary>A decompressed body that counts against the bytes in flight: read in pooled blocks, made one piece when it has come whole.</summary>
/// <remarks>A bomb never comes whole: it costs its limit, in blocks that the next body uses again, and leaves no large array for the collector.</remarks>
internal sealed class RequestBody(InFlightBytes inFlight, int maxBytes) : IDisposable
{
    /// <summary>Every block but the first: few enough for the largest body, and the largest size of which the pool keeps many.</summary>
    public const int BlockBytes = 1024 * 1024;

    private readonly List<byte[]> _blocks = [];
    private int _lengthBefore;
    private int _lengthOfLast;

    /// <summary>The body, after <see cref="TryJoin"/>.</summary>
    public ReadOnlyMemory<byte> Bytes => _blocks is [var whole] ? whole.AsMemory(0, _lengthOfLast) : ReadOnlyMemory<byte>.Empty;

    public bool IsTooLarge => Length > maxBytes;

    /// <summary>Where to read the next bytes; empty only when the body is too large.</summary>
    public Memory<byte> Free => _blocks is [.., var last]
        ? last.AsMemory(_lengthOfLast, Math.Min(last.Length - _lengthOfLast, maxBytes + 1 - Length))
        : Memory<byte>.Empty;

    private int Length => _lengthBefore + _lengthOfLast;

    public void Advance(int bytes) => _lengthOfLast += bytes;

    /// <summary>Makes room for at least one more byte; false when too many bytes are in flight.</summary>
    /// <param name="first">Size of the first block, in bytes.</param>
    public bool TryGrow(int first)
    {
        if (_blocks is [.., var last] && _lengthOfLast < last.Length)
            return true;
        if (!TryRent(_blocks.Count == 0 ? first : BlockBytes, out var block))
            return false;
        _blocks.Add(block);
        _lengthBefore += _lengthOfLast;
        _lengthOfLast = 0;
        return true;
    }

    /// <summary>Makes the blocks one piece; false when too many bytes are in flight for the copy.</summary>
    public bool TryJoin()
    {
        if (_blocks.Count <= 1)
            return true;
        var length = Length;
        if (!TryRent(length, out var whole))
            return false;
        var written = 0;
        foreach (var block in _blocks)
        {
            var part = Math.Min(block.Length, length - written);
            block.AsSpan(0, part).CopyTo(whole.AsSpan(written));
            written += part;
        }

        ReturnBlocks();
        _blocks.Add(whole);
        _lengthOfLast = length;
        return true;
    }

    public void Dispose() => ReturnBlocks();

    /// <summary>The pool knows powers of two only: from it a large body would take up to twice its size.</summary>
    private bool TryRent(int size, out byte[] rented)
    {
        rented = size > BlockBytes ? GC.AllocateUninitializedArray<byte>(size) : ArrayPool<byte>.Shared.Rent(size);
        if (inFlight.TryTake(rented.Length))
            return true;
        Return(rented);
        rented = [];
        return false;
    }

    private void ReturnBlocks()
    {
        foreach (var block in _blocks)
        {
            inFlight.Give(block.Length);
            Return(block);
        }

        _blocks.Clear();
        _lengthBefore = 0;
        _lengthOfLast = 0;
    }

    private static void Return(byte[] buffer)
    {
        if (buffer.Length <= BlockBytes)
            ArrayPool<byte>.Shared.Return(buffer);
    }
}
