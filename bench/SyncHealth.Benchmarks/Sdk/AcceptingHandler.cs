using System.Net;
using System.Net.Http.Headers;

namespace SyncHealth.Benchmarks.Sdk;

/// <summary>A server that takes everything at once, so that what is measured is ours.</summary>
internal sealed class AcceptingHandler : HttpMessageHandler
{
    private static readonly byte[] Receipt = """{"accepted":100,"duplicates":0,"rejected":[]}"""u8.ToArray();

    private long _bytes;
    private long _requests;

    /// <summary>Bytes of all bodies as they would go over the network.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public long Requests => Interlocked.Read(ref _requests);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref _bytes, request.Content!.Headers.ContentLength ?? 0);
        Interlocked.Increment(ref _requests);
        var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Receipt), RequestMessage = request };
        answer.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return Task.FromResult(answer);
    }
}
