namespace SyncHealth.Client.Tests.Support;

/// <summary>A server that takes the request and never answers.</summary>
internal sealed class HangingHandler : HttpMessageHandler
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the first request.</summary>
    public Task Asked => _asked.Task;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var never = new TaskCompletionSource<HttpResponseMessage>();
        using var cancelled = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
        _asked.TrySetResult();
        return await never.Task;
    }
}
