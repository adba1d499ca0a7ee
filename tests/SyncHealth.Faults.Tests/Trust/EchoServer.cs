using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace SyncHealth.Faults.Tests.Trust;

/// <summary>Sends back what it gets, and remembers it per connection.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<StringBuilder> _received = [];
    private readonly Channel<Socket> _ended = Channel.CreateUnbounded<Socket>();
    private readonly Task _accepting;

    public EchoServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public IReadOnlyList<string> Received
    {
        get
        {
            lock (_received)
                return [.. _received.Select(text => text.ToString())];
        }
    }

    /// <summary>Waits until so many connections, that nobody has waited for yet, have ended: what was sent on them is received by then.</summary>
    public async Task WhenEndedAsync(int connections, CancellationToken cancellationToken)
    {
        for (var ended = 0; ended < connections; ended++)
            await _ended.Reader.ReadAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = EchoAsync(await _listener.AcceptSocketAsync());
        }
        catch (SocketException)
        {
            // Stopped.
            return;
        }
    }

    private async Task EchoAsync(Socket socket)
    {
        var text = new StringBuilder();
        lock (_received)
            _received.Add(text);
        using (socket)
        {
            try
            {
                var buffer = new byte[1024];
                for (int read; (read = await socket.ReceiveAsync(buffer)) > 0;)
                {
                    lock (_received)
                        text.Append(Encoding.ASCII.GetString(buffer, 0, read));
                    await socket.SendAsync(buffer.AsMemory(0, read));
                }
            }
            catch (SocketException)
            {
                // Reset, as most of these tests intend.
                return;
            }
            finally
            {
                _ended.Writer.TryWrite(socket);
            }
        }
    }
}
