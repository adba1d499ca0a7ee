using System.Net;
using SyncHealth.Fleet.Networks;
using SyncHealth.Fleet.Scenarios;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Fleet.Tests.Networks;

public sealed class RegionalEntranceTests : IDisposable
{
    private static readonly Outage Outage = new("ap-south", TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(10));

    private readonly ScriptedHttpHandler _server = new();

    [Fact]
    public async Task Send_InTheOutage_Answers503WithoutReachingTheServer()
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await SendAsync(Outage, minute: 15));
        Assert.Empty(_server.Requests);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(30)]
    public async Task Send_BeforeAndAfter_ReachesTheServer(int minute)
    {
        _server.Answer(HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.OK, await SendAsync(Outage, minute));
    }

    [Fact]
    public async Task Send_InAnotherRegion_ReachesTheServer()
    {
        _server.Answer(HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.OK, await SendAsync(outage: null, minute: 15));
    }

    [Fact]
    public async Task Send_HalfwayThroughTheRecovery_PassesAboutHalf()
    {
        for (var request = 0; request < 200; request++)
        {
            _server.Answer(HttpStatusCode.OK);
            await SendAsync(Outage, minute: 25, seed: request);
        }

        Assert.InRange(_server.Requests.Count, 60, 140);
    }

    public void Dispose() => _server.Dispose();

    private async Task<HttpStatusCode> SendAsync(Outage? outage, int minute, int seed = 1)
    {
        using var entrance = new HttpClient(new RegionalEntrance(outage, () => TimeSpan.FromMinutes(minute), new Random(seed), new HttpMessageInvoker(_server)));
        using var answer = await entrance.GetAsync(new Uri("http://server/changes"));
        return answer.StatusCode;
    }
}
