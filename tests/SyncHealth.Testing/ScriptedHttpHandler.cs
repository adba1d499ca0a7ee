using System.Net;

namespace SyncHealth.Testing;

/// <summary>Answers requests by script and records them. A request without an answer left fails the test.</summary>
public sealed class ScriptedHttpHandler : HttpMessageHandler
{
    private readonly Queue<Func<HttpRequestMessage, HttpResponseMessage>> _answers = [];
    private readonly List<RecordedRequest> _requests = [];

    public IReadOnlyList<RecordedRequest> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    public ScriptedHttpHandler Answer(HttpStatusCode status, string body = "", params (string Name, string Value)[] headers) => Answer(_ =>
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body) };
        foreach (var (name, value) in headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    });

    public ScriptedHttpHandler Answer(Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        lock (_requests)
            _answers.Enqueue(answer);
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        Func<HttpRequestMessage, HttpResponseMessage> answer;
        lock (_requests)
        {
            _requests.Add(new RecordedRequest(request.Method, request.RequestUri!, request.Headers.ToDictionary(h => h.Key, h => string.Join(",", h.Value), StringComparer.OrdinalIgnoreCase), body));
            if (!_answers.TryDequeue(out answer!))
                throw new InvalidOperationException($"No answer was scripted for {request.Method} {request.RequestUri}.");
        }

        return answer(request);
    }
}
