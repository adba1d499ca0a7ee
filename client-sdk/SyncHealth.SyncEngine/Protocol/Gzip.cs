using System.IO.Compression;

namespace SyncHealth.SyncEngine.Protocol;

/// <summary>Bodies of the notes protocol on the wire: gzip (RFC 1952), both ways, where it pays.</summary>
public static class Gzip
{
    /// <summary>Its name in <c>Content-Encoding</c> and <c>Accept-Encoding</c>.</summary>
    public const string Name = "gzip";

    /// <summary>Bytes below which a body is sent as it is: it would fit into one packet anyway.</summary>
    public const int LeastBytes = 1024;

    /// <summary>The body as gzip.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> body)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(body);
        return packed.ToArray();
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
}
