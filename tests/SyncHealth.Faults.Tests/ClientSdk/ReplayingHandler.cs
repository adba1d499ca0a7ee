using System.Collections.Concurrent;
using System.Net.Http.Headers;

namespace SyncHealth.Faults.Tests.ClientSdk;

/// <summary>Sends on, and keeps a copy of every request to send it all again later, as a proxy does that held it.</summary>
internal sealed class ReplayingHandler() : DelegatingHandler(new SocketsHttpHandler
{
    AllowAutoRedirect = false,
    UseCookies = false,
    ConnectTimeout = TimeSpan.FromSeconds(5),
    // A connection for each request: each meets a fault of its own.
    PooledConnectionLifetime = TimeSpan.Zero,
})
{
    private readonly ConcurrentQueue<(byte[] Body, HttpContentHeaders Content, HttpRequestHeaders Headers)> _seen = [];

    /// <summary>Sends every request that ever left once more, straight to the server.</summary>
    public async Task<int> ReplayAsync(HttpClient server)
    {
        foreach (var (body, content, headers) in _seen)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = new ByteArrayContent(body) };
            foreach (var header in headers)
                request.Headers.TryAddWithoutValidation(header.Key, header.Value);
            foreach (var header in content)
                request.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            using var answer = await server.SendAsync(request);
            answer.EnsureSuccessStatusCode();
        }

        return _seen.Count;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _seen.Enqueue((await request.Content!.ReadAsByteArrayAsync(cancellationToken), request.Content.Headers, request.Headers));
        return await base.SendAsync(request, cancellationToken);
    }
}
