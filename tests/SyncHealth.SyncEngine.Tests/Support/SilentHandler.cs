namespace SyncHealth.SyncEngine.Tests.Support;

/// <summary>A server that takes a request and never answers.</summary>
internal sealed class SilentHandler(Action taken) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var silence = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        taken();
        await silence;
        throw new InvalidOperationException("The silence ended.");
    }
}
