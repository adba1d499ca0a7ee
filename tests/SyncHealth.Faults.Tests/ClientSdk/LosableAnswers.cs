namespace SyncHealth.Faults.Tests.ClientSdk;

/// <summary>A network that carries every request and, until it is mended, loses every answer.</summary>
internal sealed class LosableAnswers
{
    public bool Arrive { get; set; }

    public async Task<HttpResponseMessage> SendAsync(SdkRequest request, Func<SdkRequest, Task<HttpResponseMessage>> send)
    {
        var answer = await send(request);
        if (Arrive)
            return answer;
        answer.Dispose();
        throw new HttpRequestException("The answer was lost.");
    }
}
