using System.Net.Http.Headers;

namespace SyncHealth.Benchmarks.Ingest;

/// <summary>Sends ready-made bodies over a number of connections and times each answer.</summary>
internal sealed class LoadGenerator : IDisposable
{
    /// <summary>Uploads under way at once: enough that group commit has something to group.</summary>
    public const int Connections = 32;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _client;

    public LoadGenerator(Uri address, string key)
    {
        _client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections, UseProxy = false }) { BaseAddress = address };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Sends every body once.</summary>
    /// <returns>Milliseconds per request.</returns>
    /// <exception cref="InvalidOperationException">An answer did not accept every event: such a figure would mean nothing.</exception>
    public async Task<double[]> SendAsync(IReadOnlyList<byte[]> bodies, CancellationToken cancellationToken)
    {
        var next = -1;
        var latencies = new double[bodies.Count];
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            for (var i = Interlocked.Increment(ref next); i < bodies.Count; i = Interlocked.Increment(ref next))
            {
                var start = TimeProvider.System.GetTimestamp();
                await SendAsync(bodies[i], cancellationToken);
                latencies[i] = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
            }
        }));
        return latencies;
    }

    public void Dispose() => _client.Dispose();

    private async Task SendAsync(byte[] body, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = Json;
        using var response = await _client.PostAsync("/v1/events", content, cancellationToken);
        var answer = await response.Content.ReadAsStringAsync(cancellationToken);
        if (!answer.StartsWith($"{{\"accepted\":{SampleLoad.EventsPerBatch},", StringComparison.Ordinal))
            throw new InvalidOperationException($"{(int)response.StatusCode}: {answer}");
    }
}
