namespace SyncHealth.Faults.Tests.ClientSdk;

/// <summary>The network with a mistake in front of it.</summary>
internal sealed class SpoiledHandler(HttpMessageHandler network, SdkBug bug) : DelegatingHandler(network)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await bug(await SdkRequest.ReadAsync(request, cancellationToken), changed => base.SendAsync(changed.ToMessage(), cancellationToken));
        // Whose answer it is, as an ordinary handler says it: another address would read as a redirect.
        answer.RequestMessage = request;
        return answer;
    }
}
