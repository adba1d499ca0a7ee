using System.Net;
using System.Net.Sockets;
using System.Text;
using SyncHealth.Contracts;
using SyncHealth.Client.Tests.Support;

namespace SyncHealth.Client.Tests.Durability;

public sealed class RedirectTests
{
    [Fact]
    public async Task Send_Redirected_NeverFollowsWithTheKey()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        using var portal = new TcpListener(IPAddress.Loopback, 0);
        portal.Start();
        var answering = AnswerAsync(portal, $"HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:{Port(other)}/steal\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var options = Some.Options(null!);
        options.Endpoint = new Uri($"http://127.0.0.1:{Port(portal)}/");
        await using var telemetry = SyncTelemetry.Create(options);
        telemetry.StartSync(SyncType.Delta).Succeed();

        Assert.False(await telemetry.FlushAsync());
        await answering;

        Assert.False(other.Pending());
        Assert.Equal(1, telemetry.Status.Queued);
        Assert.Equal("http_307", telemetry.Status.LastProblem);
    }

    private static int Port(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    private static async Task AnswerAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var buffer = new byte[64 * 1024];
        Assert.True(await stream.ReadAsync(buffer) > 0);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
    }
}
