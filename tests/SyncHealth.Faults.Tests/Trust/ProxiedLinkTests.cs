using System.Net;
using System.Net.Sockets;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Faults.Tests.Trust;

public sealed class ProxiedLinkTests
{
    [Fact]
    public async Task Reset_AskedForTwice_ResetsOnceAndIsQuietTheSecondTime()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await far.ConnectAsync(listener.LocalEndpoint, TestContext.Current.CancellationToken);
        using var link = new ProxiedLink(await listener.AcceptSocketAsync(TestContext.Current.CancellationToken));

        link.Reset();
        link.Reset();

        var failure = await Assert.ThrowsAsync<SocketException>(() => far.ReceiveAsync(new byte[1], SocketFlags.None));
        Assert.Equal(SocketError.ConnectionReset, failure.SocketErrorCode);
    }
}
