using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace SyncHealth.Client.Tests.Support;

/// <summary>Stands in for the ingest service: keeps every batch it sees, and answers as the contract says unless told otherwise.</summary>
internal sealed class FakeIngest : HttpMessageHandler
{
    private readonly List<ReceivedBatch> _batches = [];
    private readonly Dictionary<string, JsonElement> _events = [];

    /// <summary>The answer to a batch; <see langword="null"/> accepts it.</summary>
    public Func<ReceivedBatch, HttpResponseMessage?> Respond { get; set; } = _ => null;

    public IReadOnlyList<ReceivedBatch> Batches
    {
        get
        {
            lock (_batches)
                return [.. _batches];
        }
    }

    /// <summary>Events that were accepted, once each.</summary>
    public IReadOnlyDictionary<string, JsonElement> Events
    {
        get
        {
            lock (_batches)
                return new Dictionary<string, JsonElement>(_events);
        }
    }

    public static HttpResponseMessage Json(HttpStatusCode status, string body) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Page(HttpStatusCode status) =>
        new(status) { Content = new StringContent("<html><body>Welcome to Train WiFi</body></html>", Encoding.UTF8, "text/html") };

    public static HttpResponseMessage Refusal(HttpStatusCode status, TimeSpan? retryAfter = null)
    {
        var response = Json(status, "{\"code\":\"x\"}");
        if (retryAfter is { } wait)
            response.Headers.RetryAfter = new RetryConditionHeaderValue(wait);
        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var batch = await ReadAsync(request, cancellationToken);
        lock (_batches)
            _batches.Add(batch);
        return Respond(batch) ?? Accept(batch);
    }

    private static async Task<ReceivedBatch> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var bytes = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        var encoding = request.Content.Headers.ContentEncoding.SingleOrDefault();
        using Stream body = encoding == "gzip" ? new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress) : new MemoryStream(bytes);
        using var document = await JsonDocument.ParseAsync(body, default, cancellationToken);
        return new ReceivedBatch(
            request.Headers.GetValues("Idempotency-Key").Single(),
            int.Parse(request.Headers.GetValues("X-SyncHealth-Attempt").Single(), System.Globalization.CultureInfo.InvariantCulture),
            encoding,
            request.Headers.Authorization?.ToString(),
            document.RootElement.Clone(),
            bytes.Length);
    }

    private HttpResponseMessage Accept(ReceivedBatch batch)
    {
        var accepted = 0;
        lock (_batches)
            foreach (var item in batch.Events)
                accepted += _events.TryAdd(item.GetProperty("id").GetString()!, item) ? 1 : 0;
        return Json(HttpStatusCode.OK, $"{{\"accepted\":{accepted},\"duplicates\":{batch.Events.Count - accepted},\"rejected\":[]}}");
    }
}
