namespace SyncHealth.Benchmarks.Engine;

/// <summary>A network that carries nothing.</summary>
internal sealed class DeadNetwork : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromException<HttpResponseMessage>(new HttpRequestException(HttpRequestError.ConnectionError, "The network is down."));
}
