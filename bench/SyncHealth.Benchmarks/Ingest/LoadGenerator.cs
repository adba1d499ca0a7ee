using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using SyncHealth.Contracts;

namespace SyncHealth.Benchmarks.Ingest;

/// <summary>Sends ready-made uploads over a number of connections and times each answer.</summary>
internal sealed class LoadGenerator : IDisposable
{
    /// <summary>Uploads under way at once: enough that group commit has something to group.</summary>
    public const int Connections = 32;

    private const int SecondAttempt = 2;

    private readonly HttpClient _client;
    private readonly int _connections;

    public LoadGenerator(Uri address, string key, int connections = Connections)
    {
        _connections = connections;
        _client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections, UseProxy = false }) { BaseAddress = address };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Sends every upload once, as fast as answers come.</summary>
    /// <returns>The time that all of them took together.</returns>
    /// <exception cref="InvalidOperationException">An event was not taken, or counted otherwise than it was sent: such a figure would mean nothing.</exception>
    public async Task<TimeSpan> SendAsync(Transport transport, IReadOnlyList<Upload> uploads, CancellationToken cancellationToken)
    {
        var next = -1;
        var duplicates = 0;
        var start = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, _connections).Select(async _ =>
        {
            for (var i = Interlocked.Increment(ref next); i < uploads.Count; i = Interlocked.Increment(ref next))
                Interlocked.Add(ref duplicates, await SendAsync(transport, uploads[i], cancellationToken));
        }));
        var time = TimeProvider.System.GetElapsedTime(start);
        if (transport == Transport.Json && duplicates != uploads.Where(upload => upload.IsResend).Sum(upload => upload.Events))
            throw new InvalidOperationException($"{duplicates} duplicates were counted for {uploads.Count(upload => upload.IsResend)} resends.");
        return time;
    }

    /// <summary>Sends uploads at a fixed rate, whether or not earlier ones were answered.</summary>
    /// <returns>Milliseconds from the moment an upload was due to its answer: an answer that comes late does not hide those behind it.</returns>
    public async Task<double[]> SendPacedAsync(Transport transport, IReadOnlyList<Upload> uploads, double perSecond, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        var answers = new Task<double>[uploads.Count];
        for (var i = 0; i < uploads.Count; i++)
        {
            var due = TimeSpan.FromSeconds(i / perSecond);
            if (due - TimeProvider.System.GetElapsedTime(start) is { Ticks: > 0 } early)
                await Task.Delay(early, TimeProvider.System, cancellationToken);
            answers[i] = TimeAsync(uploads[i], due);
        }

        return await Task.WhenAll(answers);

        async Task<double> TimeAsync(Upload upload, TimeSpan due)
        {
            await SendAsync(transport, upload, cancellationToken);
            return (TimeProvider.System.GetElapsedTime(start) - due).TotalMilliseconds;
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Sends until the server takes it: under overload it refuses before it reads, and says when to come back, as the SDK does.</summary>
    private async Task<int> SendAsync(Transport transport, Upload upload, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var request = RequestOf(transport, upload);
            using var response = await _client.SendAsync(request, cancellationToken);
            if (response is { StatusCode: HttpStatusCode.ServiceUnavailable, Headers.RetryAfter.Delta: { } pause })
            {
                await Task.Delay(pause, TimeProvider.System, cancellationToken);
                continue;
            }

            var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            if (response.IsSuccessStatusCode && transport.DuplicatesOf(answer, upload.Events) is { } duplicates)
                return duplicates;
            throw new InvalidOperationException($"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }

    private static HttpRequestMessage RequestOf(Transport transport, Upload upload)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, transport.Path) { Content = new ByteArrayContent(upload.Body) };
        request.Content.Headers.ContentType = transport.ContentType;
        if (upload.BatchId is { } id)
        {
            request.Headers.TryAddWithoutValidation(WireHeaders.IdempotencyKey, id);
            if (upload.IsResend)
                request.Headers.TryAddWithoutValidation(WireHeaders.Attempt, SecondAttempt.ToString(CultureInfo.InvariantCulture));
        }

        return request;
    }
}
