using System.Net;
using System.Net.Sockets;

namespace SyncHealth.Testing.Faults;

/// <summary>
/// Stands between a client and a server on loopback and breaks connections as it is told: by a script per connection, or, knowing
/// Postgres's protocol, around COMMIT. What struck is counted.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly IPEndPoint _target;
    private readonly IConnectionFaults _faults;
    private readonly HashSet<Task> _connections = [];
    private readonly Task _accepting;
    private volatile bool _isCut;

    private FaultProxy(IPEndPoint target, IConnectionFaults faults, FaultCounters counters)
    {
        _target = target;
        _faults = faults;
        Counters = counters;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public FaultCounters Counters { get; }

    /// <summary>A network that is gone: new connections are reset at once. Those that stand stay.</summary>
    public bool IsCut
    {
        get => _isCut;
        set => _isCut = value;
    }

    /// <summary>Starts a proxy to a port of this machine. <paramref name="script"/> is asked for each connection, numbered from 0.</summary>
    public static FaultProxy Start(int targetPort, Func<int, FaultScript> script)
    {
        var target = new IPEndPoint(IPAddress.Loopback, targetPort);
        var counters = new FaultCounters();
        return new FaultProxy(target, new ScriptedFaults(script, target, counters), counters);
    }

    /// <summary>Starts a proxy to a Postgres of this machine that cuts sessions around COMMIT, as <paramref name="cuts"/> decides.</summary>
    public static FaultProxy StartPostgres(int targetPort, CommitCuts cuts)
    {
        var counters = new FaultCounters();
        return new FaultProxy(new IPEndPoint(IPAddress.Loopback, targetPort), new PostgresFaults(cuts, counters), counters);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        Task[] open;
        lock (_connections)
            open = [.. _connections];
        await Task.WhenAll(open);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        for (var number = 0; !_stop.IsCancellationRequested; number++)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync(_stop.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException && _stop.IsCancellationRequested)
            {
                return;
            }

            Track(RunAsync(client, number));
        }
    }

    private void Track(Task connection)
    {
        lock (_connections)
            _connections.Add(connection);
        _ = connection.ContinueWith(
            ended =>
            {
                lock (_connections)
                    _connections.Remove(ended);
            },
            TaskScheduler.Default);
    }

    private async Task RunAsync(Socket client, int number)
    {
        await Task.Yield();
        using var link = new ProxiedLink(client);
        try
        {
            if (_isCut)
            {
                link.Reset();
                return;
            }

            await link.ConnectAsync(_target, _stop.Token);
            await _faults.RunAsync(link, number, _stop.Token);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One end is gone, as tests mean it to be: the other one learns it the hard way.
            link.Reset();
        }
    }
}
