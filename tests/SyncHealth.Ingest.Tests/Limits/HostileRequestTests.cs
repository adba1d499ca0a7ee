using System.Net.Sockets;
using System.Text;
using SyncHealth.Ingest.Tests.Support;
using Xunit;

namespace SyncHealth.Ingest.Tests.Limits;

/// <summary>What no HTTP client would send, over a bare socket.</summary>
public sealed class HostileRequestTests : IAsyncLifetime
{
    private readonly CollectingWriter _writer = new();
    private IngestServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await IngestServer.StartAsync(_writer, options => options.MaxBodyBytesInFlight = IngestOptions.LargestBodyInWorkBytes);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("Content-Length: 99999999\r\n", "", 413)]
    [InlineData("Content-Length: 2\r\nContent-Encoding: gzip\r\n", "{}", 400)]
    [InlineData("Content-Length: 0\r\n", "", 400)]
    [InlineData("Transfer-Encoding: chunked\r\n", "zz\r\n", 400)]
    [InlineData("Content-Length: 13\r\nIdempotency-Key: a\r\nIdempotency-Key: b\r\n", """{"events":[]}""", 200)]
    [InlineData("Content-Length: 13\r\nX-SyncHealth-Attempt: 99999999999999999999\r\n", """{"events":[]}""", 200)]
    public async Task Post_RawRequest_IsAnsweredBelow500(string headers, string body, int expected)
    {
        var answer = await ExchangeAsync($"POST /v1/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-SyncHealth-Key: {FixedKeys.Notes}\r\nContent-Type: application/json\r\n{headers}\r\n{body}");

        Assert.StartsWith($"HTTP/1.1 {expected} ", answer, StringComparison.Ordinal);
    }

    /// <summary>A promised length takes no memory; only bytes that arrived do, and a client that leaves gives them back.</summary>
    [Fact]
    public async Task Post_PromisesWithoutBytes_TakeNothingFromOthers()
    {
        var idle = new List<TcpClient>();
        for (var i = 0; i < 60; i++)
        {
            var client = new TcpClient();
            await client.ConnectAsync(_server.Client.BaseAddress!.Host, _server.Client.BaseAddress.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /v1/events HTTP/1.1\r\nHost: x\r\nX-SyncHealth-Key: {FixedKeys.Notes}\r\nContent-Type: application/json\r\nContent-Length: 10000000\r\n\r\n{{"));
            idle.Add(client);
        }

        using var good = await _server.PostAsync($$"""{"events":[{{Taking.EventJson()}}]}""");
        idle.ForEach(client => client.Dispose());

        Assert.Equal(200, (int)good.StatusCode);
    }

    [Fact]
    public async Task Post_ManyBodiesAtOnce_AreTakenOrRefusedWithRetryAfter()
    {
        var pad = new string(' ', 8 * 1024 * 1024);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _server.PostAsync($$"""{"events":[{{Taking.EventJson()}}]{{pad}}}""")));

        Assert.All(answers, answer => Assert.Contains((int)answer.StatusCode, (int[])[200, 503]));
        Assert.All(answers.Where(answer => !answer.IsSuccessStatusCode), answer => Assert.NotNull(answer.Headers.RetryAfter));
        Assert.Contains("\nsynchealth_bodies_in_flight_bytes 0\n", await _server.Client.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    private async Task<string> ExchangeAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_server.Client.BaseAddress!.Host, _server.Client.BaseAddress.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync();
    }
}
