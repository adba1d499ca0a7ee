namespace SyncHealth.Client.Tests.Support;

/// <summary>A mistake in reading: every answer is changed before the SDK sees it.</summary>
internal sealed class ChangedAnswers(HttpMessageHandler server, Action<HttpResponseMessage> change) : DelegatingHandler(server)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        change(answer);
        return answer;
    }
}
