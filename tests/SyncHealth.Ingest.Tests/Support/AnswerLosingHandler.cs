namespace SyncHealth.Ingest.Tests.Support;

/// <summary>A network that carries every request and, until it is mended, loses every answer.</summary>
internal sealed class AnswerLosingHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    public bool AnswersArrive { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (AnswersArrive)
            return answer;
        answer.Dispose();
        throw new HttpRequestException("The answer was lost.");
    }
}
