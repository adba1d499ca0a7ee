using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;

namespace SyncHealth.Client;

/// <summary>Takes events on the device instead of a server: for development, and for an app's own tests. Batches go through the real queue and sender.</summary>
public abstract class LocalSink : HttpMessageHandler
{
    /// <summary>Options that send here: an address that is never connected to, any key, a queue in memory.</summary>
    public SyncTelemetryOptions Options() => new() { Endpoint = new Uri("http://synchealth.invalid/"), Key = "local", QueueInMemory = true, Handler = this };

    /// <summary>Called with each event, as the contract's JSON, in the order of sending.</summary>
    protected abstract void Take(JsonElement syncEvent);

    /// <inheritdoc/>
    protected sealed override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var content = request.Content!;
        var body = await BytesOf(content).ConfigureAwait(false);
        using Stream plain = content.Headers.ContentEncoding.Contains("gzip") ? new GZipStream(new MemoryStream(body), CompressionMode.Decompress) : new MemoryStream(body);
        using var document = await JsonDocument.ParseAsync(plain, default, cancellationToken).ConfigureAwait(false);
        var events = document.RootElement.GetProperty("events"u8);
        foreach (var syncEvent in events.EnumerateArray())
            Take(syncEvent.Clone());
        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            RequestMessage = request,
            Content = new StringContent($$"""{"accepted":{{events.GetArrayLength()}},"duplicates":0,"rejected":[]}""", Encoding.UTF8, "application/json"),
        };
    }

    // It is in memory already.
    private static Task<byte[]> BytesOf(HttpContent content) => content.ReadAsByteArrayAsync();
}
