using System.Net;
using SyncHealth.Contracts;
using SyncHealth.Fleet.Networks;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Fleet.Tests.Networks;

public sealed class SimulatedNetworkTests : IDisposable
{
    private static readonly Link Cellular = new(
        LinkKind.Cellular, SyncNetwork.Cellular, TimeSpan.MaxValue, TimeSpan.FromMilliseconds(100), UpBitsPerSecond: 1e6, DownBitsPerSecond: 8e6, Loss: 0);

    private readonly ScriptedHttpHandler _server = new();
    private readonly List<TimeSpan> _waits = [];

    [Fact]
    public async Task Send_BigBody_TakesAsLongAsItsUplink()
    {
        _server.Answer(HttpStatusCode.OK);

        await SendAsync(Cellular, new ByteArrayContent(new byte[1_250_000]));

        Assert.InRange(_waits.Sum(wait => wait.TotalSeconds), 10, 10.5);
    }

    [Fact]
    public async Task Send_DebugLog_ReachesTheServerAsWhiteSpaceBehindTheBody()
    {
        _server.Answer(HttpStatusCode.OK);
        using var http = new HttpClient(new DebugLogAttacher(() => true, Network(Cellular)));

        await http.PostAsync(new Uri("http://server/sync"), new StringContent("{}"));

        Assert.Equal("{}", _server.Requests[0].Text.TrimEnd());
        Assert.Equal(3_000_002, _server.Requests[0].Body.Length);
        Assert.True(_waits.Sum(wait => wait.TotalSeconds) > 15);
    }

    [Fact]
    public async Task Send_Offline_FailsWithoutReachingTheServer()
    {
        var offline = Cellular with { Kind = LinkKind.Offline };

        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(offline, content: null));

        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Send_EverythingIsLost_HalfTheRequestsReachTheServerAndNoAnswerReturns()
    {
        var lossy = Cellular with { Loss = 1 };
        for (var request = 0; request < 200; request++)
        {
            _server.Answer(HttpStatusCode.OK);
            try
            {
                await SendAsync(lossy, content: null, seed: request);
            }
            catch (HttpRequestException)
            {
                // Expected for most: what is counted is how many requests took effect all the same.
            }
        }

        Assert.InRange(_server.Requests.Count, 60, 140);
    }

    public void Dispose() => _server.Dispose();

    private async Task SendAsync(Link link, HttpContent? content, int seed = 1)
    {
        using var http = new HttpClient(Network(link, seed));
        using var answer = await http.PostAsync(new Uri("http://server/sync"), content);
    }

    private SimulatedNetwork Network(Link link, int seed = 1) => new(
        () => link,
        (wait, _) =>
        {
            _waits.Add(wait);
            return Task.CompletedTask;
        },
        new Random(seed),
        new HttpMessageInvoker(_server));
}
