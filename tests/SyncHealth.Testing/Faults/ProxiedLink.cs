using System.Net;
using System.Net.Sockets;

namespace SyncHealth.Testing.Faults;

/// <summary>The two sockets of one proxied connection.</summary>
internal sealed class ProxiedLink(Socket client) : IDisposable
{
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private bool _isReset;

    public Socket Client { get; } = client;

    public Socket Server => _server;

    public async Task ConnectAsync(IPEndPoint target, CancellationToken cancellationToken)
    {
        Client.NoDelay = true;
        _server.NoDelay = true;
        await _server.ConnectAsync(target, cancellationToken);
    }

    /// <summary>Runs both directions to their end. One that breaks ends the other too; one that cancels on purpose ends both quietly.</summary>
    public static async Task RunBothAsync(Func<CancellationTokenSource, Task> up, Func<CancellationTokenSource, Task> down, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await Task.WhenAll(RunAsync(up, ended), RunAsync(down, ended));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A fault has ended the connection its own way.
            return;
        }
    }

    /// <summary>RST to both ends: neither learns what the other has received. A fault and the end it makes of the other direction may both ask for it.</summary>
    public void Reset()
    {
        if (Interlocked.Exchange(ref _isReset, true))
            return;

        Reset(Client);
        Reset(_server);
    }

    public void Dispose()
    {
        Client.Dispose();
        _server.Dispose();
    }

    /// <summary>Sends all of it.</summary>
    public static async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await to.SendAsync(bytes, cancellationToken)..];
    }

    /// <summary>FIN; an end that is gone already needs none.</summary>
    public static void EndSending(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.NotConnected or SocketError.ConnectionReset)
        {
            // It hung up first.
        }
    }

    private static async Task RunAsync(Func<CancellationTokenSource, Task> direction, CancellationTokenSource ended)
    {
        try
        {
            await direction(ended);
        }
        catch (Exception)
        {
            await ended.CancelAsync();
            throw;
        }
    }

    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }
}
