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
        var (asked, status) = await RedirectAsync(handler: null);

        Assert.False(asked);
        Assert.Equal(1, status.Queued);
        Assert.Equal("http_307", status.LastProblem);
    }

    /// <summary>H1: redirects are on. Even then the key stays, and a page elsewhere is no receipt.</summary>
    [Fact]
    public async Task Send_RedirectsOn_IsFound()
    {
        using var following = new HttpClientHandler { AllowAutoRedirect = true };

        var (asked, status) = await RedirectAsync(following);

        Assert.True(asked);
        Assert.Equal((1, "redirected"), (status.Queued, status.LastProblem));
    }

    /// <summary>Sends into a portal that points elsewhere, and says whether elsewhere was asked.</summary>
    private static async Task<(bool Asked, SyncTelemetryStatus Status)> RedirectAsync(HttpMessageHandler? handler)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        using var portal = new TcpListener(IPAddress.Loopback, 0);
        portal.Start();
        var answering = AnswerAsync(portal, $"HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:{Port(other)}/steal\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var stealing = AnswerAsync(other, "HTTP/1.1 200 OK\r\nContent-Length: 14\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"accepted\":1}");
        var options = Some.Options(handler!);
        options.Endpoint = new Uri($"http://127.0.0.1:{Port(portal)}/");
        await using var telemetry = SyncTelemetry.Create(options);
        telemetry.StartSync(SyncType.Delta).Succeed();

        Assert.False(await telemetry.FlushAsync());
        other.Stop();
        Assert.True(await answering);
        return (await stealing, telemetry.Status);
    }

    private static int Port(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Answers one request, and says whether there was one before the listener was stopped.</summary>
    private static async Task<bool> AnswerAsync(TcpListener listener, string answer)
    {
        try
        {
            using var client = await listener.AcceptTcpClientAsync();
            var stream = client.GetStream();
            var buffer = new byte[64 * 1024];
            Assert.True(await stream.ReadAsync(buffer) > 0);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
            return true;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return exception.Message.Length == 0;
        }
    }
}
