using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace SyncHealth.Testing.Faults;

/// <summary>Reads one whole HTTP/1.1 request from a socket: head, and a body with a length.</summary>
internal static class HttpRequestBytes
{
    private const string LengthHeader = "\r\nContent-Length:";

    /// <exception cref="IOException">The connection ended before the request did, or the request is chunked.</exception>
    public static async Task<byte[]> ReadAsync(Socket from, CancellationToken cancellationToken)
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        while (!EndsHead(bytes))
            bytes.Add((await ReceiveAsync(from, one, cancellationToken))[0]);
        var body = new byte[BodyLength(Encoding.ASCII.GetString([.. bytes]))];
        for (var length = 0; length < body.Length;)
            length += (await ReceiveAsync(from, body.AsMemory(length), cancellationToken)).Length;
        return [.. bytes, .. body];
    }

    private static async Task<byte[]> ReceiveAsync(Socket from, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = await from.ReceiveAsync(buffer, cancellationToken);
        return read > 0 ? buffer[..read].ToArray() : throw new IOException("The client hung up in the middle of a request.");
    }

    private static bool EndsHead(List<byte> bytes) =>
        bytes.Count >= 4 && bytes[^1] == '\n' && bytes[^2] == '\r' && bytes[^3] == '\n' && bytes[^4] == '\r';

    private static int BodyLength(string head)
    {
        if (head.Contains("\r\nTransfer-Encoding:", StringComparison.OrdinalIgnoreCase))
            throw new IOException("A chunked request has no length to wait for.");
        var at = head.IndexOf(LengthHeader, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return 0;
        var start = at + LengthHeader.Length;
        return int.Parse(head.AsSpan(start, head.IndexOf('\r', start) - start), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
    }
}
