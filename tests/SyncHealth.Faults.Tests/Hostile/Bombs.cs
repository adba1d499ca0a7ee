using System.IO.Compression;
using System.Text;

namespace SyncHealth.Faults.Tests.Hostile;

/// <summary>Bodies that are small on the wire and huge, or nothing, after decompression.</summary>
internal static class Bombs
{
    private const int MemberBytes = 1024 * 1024;

    public static byte[] Zeros(long bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal))
            for (var zeros = new byte[MemberBytes]; bytes > 0; bytes -= zeros.Length)
                gzip.Write(zeros.AsSpan(0, (int)Math.Min(bytes, zeros.Length)));
        return zipped.ToArray();
    }

    /// <summary>Many gzip members, each a thousand times as large as it looks.</summary>
    public static byte[] Members(int count) => [.. Enumerable.Repeat(Zeros(MemberBytes), count).SelectMany(member => member)];

    public static byte[] Nested(long bytes) => Zip(Zeros(bytes));

    public static byte[] Truncated()
    {
        var whole = Good();
        return whole[..(whole.Length / 2)];
    }

    /// <summary>A good body whose checksum, the first of gzip's last eight bytes, is wrong.</summary>
    public static byte[] WrongChecksum()
    {
        var bytes = Good();
        bytes[^8] ^= 1;
        return bytes;
    }

    public static byte[] Good() => Zip(Encoding.UTF8.GetBytes("{\"events\":[],\"pad\":\"" + new string('p', 2_000) + "\"}"));

    private static byte[] Zip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return zipped.ToArray();
    }
}
