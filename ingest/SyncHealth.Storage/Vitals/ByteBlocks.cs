namespace SyncHealth.Storage.Vitals;

/// <summary>Room for many small values, one behind the other: an array for each of them costs the collector more than its bytes do.</summary>
internal sealed class ByteBlocks
{
    private const int FirstBlockBytes = 4 * 1024;

    /// <summary>Below the 85,000 bytes from which an array is a large object, which only a full collection frees.</summary>
    private const int MaxBlockBytes = 64 * 1024;

    private byte[] _block = [];
    private int _used;

    public ArraySegment<byte> Take(int length)
    {
        if (length > _block.Length - _used)
        {
            _block = GC.AllocateUninitializedArray<byte>(Math.Max(length, Math.Clamp(_block.Length * 2, FirstBlockBytes, MaxBlockBytes)));
            _used = 0;
        }

        var taken = new ArraySegment<byte>(_block, _used, length);
        _used += length;
        return taken;
    }
}
