using System.Net;
using System.Net.Sockets;

namespace SyncHealth.Host.Roles;

/// <summary>Looks whether a port is free before anything slow is started.</summary>
internal static class PortCheck
{
    /// <summary>A port of this machine's loopback that nobody listens on.</summary>
    public static int FindFree()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <exception cref="StartupException">The port is taken or may not be used.</exception>
    public static void Require(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
        }
        catch (SocketException exception)
        {
            throw new StartupException(ExitCodes.Busy, $"Port {port} cannot be used ({exception.SocketErrorCode}). Stop what listens there, or name another one with --port N.");
        }
    }
}
