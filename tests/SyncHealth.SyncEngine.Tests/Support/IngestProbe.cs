using System.IO.Compression;
using System.Net;
using System.Text.Json;

namespace SyncHealth.SyncEngine.Tests.Support;

/// <summary>Stands in for the ingest service and keeps the events it was sent.</summary>
internal sealed class IngestProbe : HttpMessageHandler
{
    private readonly List<JsonElement> _events = [];

    public IReadOnlyList<JsonElement> Events
    {
        get
        {
            lock (_events)
                return [.. _events];
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadAsStreamAsync(cancellationToken);
        await using var plain = request.Content.Headers.ContentEncoding.Contains("gzip") ? new GZipStream(body, CompressionMode.Decompress) : body;
        using var batch = await JsonDocument.ParseAsync(plain, cancellationToken: cancellationToken);
        var events = batch.RootElement.GetProperty("events").EnumerateArray().Select(item => item.Clone()).ToList();
        lock (_events)
            _events.AddRange(events);
        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent($$"""{"accepted":{{events.Count}},"duplicates":0,"rejected":[]}"""),
        };
    }
}
