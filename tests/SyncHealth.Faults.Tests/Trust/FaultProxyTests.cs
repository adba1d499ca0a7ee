using System.Net;
using System.Net.Sockets;
using System.Text;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Faults.Tests.Trust;

/// <summary>H2 begins here: every fault does what its name says, and is counted.</summary>
public sealed class FaultProxyTests : IAsyncLifetime
{
    private readonly EchoServer _server = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Script_None_PassesEverythingBothWays() =>
        Assert.Equal("hello", await ExchangeAsync(FaultScript.None, "hello"));

    [Fact]
    public async Task Script_Reset_BothEndsSeeIt()
    {
        var failure = await Assert.ThrowsAsync<SocketException>(() => ExchangeAsync(FaultScript.OfUp(FaultKind.Reset, 3), "hello"));
        Assert.Equal(SocketError.ConnectionReset, failure.SocketErrorCode);
    }

    [Fact]
    public async Task Script_Truncate_EndsInOrderWithTheRestUnsent() =>
        Assert.Equal("hel", await ExchangeAsync(FaultScript.OfDown(FaultKind.Truncate, 3), "hello"));

    [Fact]
    public async Task Script_CloseHalf_TheServerSeesAnEndAndItsAnswerStillPasses() =>
        Assert.Equal("hel", await ExchangeAsync(FaultScript.OfUp(FaultKind.CloseHalf, 3), "hello"));

    [Fact]
    public async Task Script_Corrupt_FlipsExactlyOneByte()
    {
        var answer = await ExchangeAsync(FaultScript.OfUp(FaultKind.Corrupt, 2), "hello");
        Assert.Equal("he", answer[..2]);
        Assert.NotEqual('l', answer[2]);
        Assert.Equal("lo", answer[3..]);
    }

    [Fact]
    public async Task Script_StallAndDelay_HoldAndThenResetOrGoOn()
    {
        var wait = TimeSpan.FromMilliseconds(60);
        var start = TimeProvider.System.GetTimestamp();
        await Assert.ThrowsAsync<SocketException>(() => ExchangeAsync(FaultScript.OfUp(FaultKind.Stall, 1, wait), "hello"));
        Assert.Equal("hello", await ExchangeAsync(FaultScript.OfDown(FaultKind.Delay, 1, wait), "hello"));
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), 2 * wait - TimeSpan.FromMilliseconds(5), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Script_DuplicateRequest_TheServerGetsItTwiceWhole()
    {
        const string request = "POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody";
        Assert.Equal(request, await ExchangeAsync(FaultScript.OfUp(FaultKind.DuplicateRequest), request));
        await _server.WhenEndedAsync(2, TestContext.Current.CancellationToken);
        Assert.Equal([request, request], _server.Received);
    }

    [Fact]
    public async Task Script_Answer_TheServerSeesNothing()
    {
        Assert.Equal("HTTP/1.1 503 \r\n\r\n", await ExchangeAsync(FaultScript.Answer("HTTP/1.1 503 \r\n\r\n"), "GET / HTTP/1.1\r\n\r\n"));
        Assert.DoesNotContain(_server.Received, text => text.Length > 0);
    }

    [Fact]
    public async Task Cut_NewConnections_AreReset()
    {
        await using var proxy = FaultProxy.Start(_server.Port, _ => FaultScript.None);
        proxy.IsCut = true;
        await Assert.ThrowsAsync<SocketException>(() => ExchangeAsync(proxy, "hello"));
        proxy.IsCut = false;
        Assert.Equal("hello", await ExchangeAsync(proxy, "hello"));
    }

    [Fact]
    public void Counters_AFaultThatNeverStruck_FailsTheSuite()
    {
        var counters = new FaultCounters();
        Assert.Throws<InvalidOperationException>(() => counters.Require(1, FaultKind.Reset));
    }

    [Fact]
    public void Scripts_SameSeed_AreTheSame()
    {
        static string Draw(int seed)
        {
            var random = new Random(seed);
            return string.Join(';', Enumerable.Range(0, 200).Select(_ => FaultScript.Random(random, 100, TimeSpan.FromSeconds(1)))
                .Select(script => string.Join(',', script.Up.Concat(script.Down).Select(step => $"{step.Kind}{step.After}{step.Wait}"))));
        }

        Assert.Equal(Draw(5), Draw(5));
        Assert.NotEqual(Draw(5), Draw(6));
    }

    private async Task<string> ExchangeAsync(FaultScript script, string text)
    {
        await using var proxy = FaultProxy.Start(_server.Port, _ => script);
        try
        {
            return await ExchangeAsync(proxy, text);
        }
        finally
        {
            Assert.Equal(script.Up.Count + script.Down.Count, proxy.Counters.Total);
        }
    }

    private static async Task<string> ExchangeAsync(FaultProxy proxy, string text)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, proxy.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(text));
        if (text.Length < 10)
            socket.Shutdown(SocketShutdown.Send);
        var answer = new StringBuilder();
        var buffer = new byte[1024];
        while (answer.Length < text.Length || text.Length < 10)
        {
            var read = await socket.ReceiveAsync(buffer);
            if (read == 0)
                break;
            answer.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        return answer.ToString();
    }
}
