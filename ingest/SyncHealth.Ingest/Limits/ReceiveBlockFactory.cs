using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace SyncHealth.Ingest.Limits;

/// <summary>Gives the server <see cref="ReceiveBlocks"/> in place of its own.</summary>
internal sealed class ReceiveBlockFactory : IMemoryPoolFactory<byte>
{
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new ReceiveBlocks();
}
