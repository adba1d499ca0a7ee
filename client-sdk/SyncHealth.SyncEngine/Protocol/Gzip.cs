using System.Buffers.Binary;
using System.IO.Compression;

namespace SyncHealth.SyncEngine.Protocol;

/// <summary>Bodies of the notes protocol on the wire: gzip (RFC 1952), both ways, where it pays.</summary>
public static class Gzip
{
    /// <summary>Its name in <c>Content-Encoding</c> and <c>Accept-Encoding</c>.</summary>
    public const string Name = "gzip";

    /// <summary>Bytes below which a body is sent as it is: it would fit into one packet anyway.</summary>
    public const int LeastBytes = 1024;

    /// <summary>Bytes of an empty body as gzip: header, an empty block, trailer.</summary>
    private const int LeastPackedBytes = 20;

    /// <summary>Most bytes that a packed byte can stand for (deflate, RFC 1951): a length of 258 in two bits.</summary>
    private const long MostRatio = 1032;

    /// <summary>The body as gzip.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> body)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(body);
        return packed.ToArray();
    }

    /// <summary>The body behind gzip that has arrived whole; null when it is none, or would be larger than it may.</summary>
    /// <remarks>Its trailer says how long the body is, modulo 2^32 and of the last member alone, so that nearly always it can be unpacked where it stays.</remarks>
    public static async Task<byte[]?> UnpackAsync(byte[] packed, int mostBytes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(packed);
        if (packed.Length < LeastPackedBytes)
            return null;
        var told = BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan(packed.Length - sizeof(uint)));
        return told <= mostBytes && told <= MostRatio * packed.Length && Unpack(packed, (int)told) is { } body
            ? body
            : await UnpackAsync(new MemoryStream(packed), mostBytes, cancellationToken);
    }

    /// <summary>The body behind gzip; null when it is none, or would be larger than it may.</summary>
    public static async Task<byte[]?> UnpackAsync(Stream packed, int mostBytes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(packed);
        await using var gzip = new GZipStream(packed, CompressionMode.Decompress);
        var body = new MemoryStream();
        var block = new byte[16 * 1024];
        try
        {
            for (var read = await gzip.ReadAsync(block, cancellationToken); read > 0; read = await gzip.ReadAsync(block, cancellationToken))
            {
                if (body.Length + read > mostBytes)
                    return null;
                body.Write(block, 0, read);
            }
        }
        catch (InvalidDataException)
        {
            return null;
        }

        return body.ToArray();
    }

    /// <summary>A body of just so many bytes; null when it is anything else.</summary>
    private static byte[]? Unpack(byte[] packed, int bytes)
    {
        var body = GC.AllocateUninitializedArray<byte>(bytes);
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        try
        {
            return gzip.ReadAtLeast(body, bytes, throwOnEndOfStream: false) == bytes && gzip.ReadByte() < 0 ? body : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
