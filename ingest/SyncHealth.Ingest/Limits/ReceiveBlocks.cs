using System.Buffers;
using System.Collections.Concurrent;

namespace SyncHealth.Ingest.Limits;

/// <summary>
/// Blocks that the server receives into. Its own have 4 KiB, and each costs a turn of waiting and receiving: for a batch of 100 events over OTLP twenty-five of them,
/// as much processor time as decoding it.
/// </summary>
/// <remarks>A connection takes blocks while bytes are under way, none while it is idle.</remarks>
internal sealed class ReceiveBlocks : MemoryPool<byte>
{
    /// <summary>A batch of 100 events of JSON fits in one or two, and a hundred connections at work take 6 MiB.</summary>
    public const int BlockBytes = 64 * 1024;

    /// <summary>Blocks kept for the next request (4 MiB); those beyond go back to the collector.</summary>
    private const int MaxKept = 64;

    private readonly ConcurrentQueue<byte[]> _kept = [];

    public override int MaxBufferSize => BlockBytes;

    /// <exception cref="ArgumentOutOfRangeException">More was asked for than a block holds.</exception>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
        // Pinned, because the kernel writes into it.
        return new Block(this, _kept.TryDequeue(out var kept) ? kept : GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true));
    }

    protected override void Dispose(bool disposing) => _kept.Clear();

    private void Return(byte[] block)
    {
        if (_kept.Count < MaxKept)
            _kept.Enqueue(block);
    }

    private sealed class Block(ReceiveBlocks pool, byte[] bytes) : IMemoryOwner<byte>
    {
        private byte[]? _bytes = bytes;

        public Memory<byte> Memory => _bytes;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _bytes, null) is { } given)
                pool.Return(given);
        }
    }
}
