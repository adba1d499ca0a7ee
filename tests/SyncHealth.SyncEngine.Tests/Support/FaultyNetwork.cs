using System.Net;

namespace SyncHealth.SyncEngine.Tests.Support;

/// <summary>A network to the real server that can be cut, lose answers, or hold a request up.</summary>
internal sealed class FaultyNetwork() : DelegatingHandler(new SocketsHttpHandler())
{
    private int _requests;

    public bool IsDown { get; set; }

    /// <summary>The server gets the request, the device never gets the answer.</summary>
    public int AnswersToLose { get; set; }

    /// <summary>Answers to give in place of the server's.</summary>
    public Queue<HttpStatusCode> Refusals { get; } = [];

    /// <summary>From this request on, counted from 1, nothing is answered: a request ends when who waits for it gives it up.</summary>
    public int SilentFrom { get; set; } = int.MaxValue;

    /// <summary>Runs before a request leaves.</summary>
    public Func<HttpRequestMessage, Task> Before { get; set; } = static _ => Task.CompletedTask;

    public int Requests => _requests;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _requests);
        await Before(request);
        if (number >= SilentFrom)
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        if (IsDown)
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The network is down.");
        if (Refusals.TryDequeue(out var refusal))
            return new HttpResponseMessage(refusal);
        var response = await base.SendAsync(request, cancellationToken);
        if (AnswersToLose == 0)
            return response;
        AnswersToLose--;
        response.Dispose();
        throw new HttpRequestException(HttpRequestError.ResponseEnded, "The answer was lost.");
    }
}
