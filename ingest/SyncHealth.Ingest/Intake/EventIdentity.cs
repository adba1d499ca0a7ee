using System.Buffers.Binary;

namespace SyncHealth.Ingest.Intake;

/// <summary>The third part of an event's identity, beside device and timestamp: a hash of its id, else of its seq, else of its place in the batch.</summary>
internal static class EventIdentity
{
    // Each kind has a seed of its own, so that an id "7" and a seq 7 never meet. The seeds are part of what is stored: never change one.
    private const ulong TextSeed = 1;
    private const ulong NumberSeed = 2;
    private const ulong SeqSeed = 3;
    private const ulong PlaceSeed = 4;
    private const ulong BatchSeed = 5;

    public static long OfText(ReadOnlySpan<byte> id) => XxHash64.Hash(id, TextSeed);

    public static long OfNumber(long id) => Of(id, NumberSeed);

    public static long OfSeq(long seq) => Of(seq, SeqSeed);

    /// <param name="batchHash">Hash of the idempotency key, or without one of the decompressed body.</param>
    /// <param name="index">Position in the batch.</param>
    public static long OfPlace(long batchHash, int index) => Of(batchHash, (PlaceSeed << 32) | (uint)index);

    public static long OfBatch(ReadOnlySpan<byte> keyOrBody) => XxHash64.Hash(keyOrBody, BatchSeed);

    private static long Of(long value, ulong seed)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return XxHash64.Hash(bytes, seed);
    }
}
