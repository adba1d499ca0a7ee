using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SyncHealth.Faults.Tests.Support;

/// <summary>HTTP over a bare socket: what no client library would send.</summary>
internal static class RawHttp
{
    private const int StatusEnd = 12;

    /// <summary>Sends bytes and returns the status of the answer; 0 when the connection ends, or <paramref name="patience"/> does, without one.</summary>
    public static async Task<int> ExchangeAsync(int port, byte[] request, TimeSpan patience)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var deadline = new CancellationTokenSource(patience, TimeProvider.System);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, deadline.Token);
            var sending = SendAsync(socket, request, deadline.Token);
            var answer = new byte[StatusEnd];
            var read = 0;
            for (int got; read < answer.Length && (got = await socket.ReceiveAsync(answer.AsMemory(read), deadline.Token)) > 0;)
                read += got;
            await deadline.CancelAsync();
            await sending;
            return read == answer.Length ? int.Parse(answer.AsSpan(9), CultureInfo.InvariantCulture) : 0;
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            return 0;
        }
    }

    /// <summary>A POST with a whole body; <paramref name="headers"/> end with a line break each.</summary>
    public static byte[] Post(string path, string contentType, byte[] body, string headers = "") =>
        [.. Head(path, contentType, $"Content-Length: {body.Length}\r\n{headers}"), .. body];

    /// <summary>The same in one chunk, without a length.</summary>
    public static byte[] PostChunked(string path, string contentType, byte[] body, string headers = "") =>
        [.. Head(path, contentType, $"Transfer-Encoding: chunked\r\n{headers}"), .. Encoding.ASCII.GetBytes($"{body.Length:x}\r\n"), .. body, .. "\r\n0\r\n\r\n"u8];

    public static byte[] Head(string path, string contentType, string headers) => Encoding.ASCII.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-SyncHealth-Key: {IngestStage.Key}\r\nContent-Type: {contentType}\r\n{headers}\r\n");

    /// <summary>A server that has answered reads no further: whether the rest arrives does not matter.</summary>
    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            while (!bytes.IsEmpty)
                bytes = bytes[await socket.SendAsync(bytes, cancellationToken)..];
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            return;
        }
    }
}
