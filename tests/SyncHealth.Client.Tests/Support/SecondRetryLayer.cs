using System.Net;

namespace SyncHealth.Client.Tests.Support;

/// <summary>A mistake: a layer below the SDK that tries again by itself, as resilience handlers do.</summary>
internal sealed class SecondRetryLayer(HttpMessageHandler server) : DelegatingHandler(server)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        return answer.StatusCode == HttpStatusCode.OK ? answer : await base.SendAsync(request, cancellationToken);
    }
}
