using System.Net;

namespace SyncHealth.Alerting.Worker.Tests.Outbox;

/// <summary>What happens to requests on their way: the sender is killed before or after, there is no connection or no answer, or a gateway answers in the vendor's place.</summary>
internal sealed class HttpFaults(int seed)
{
    /// <summary>Requests in a hundred that end badly, before and after the vendor has seen them.</summary>
    private const int BadPercent = 40;

    private readonly Random _random = new(seed);
    private readonly HashSet<string> _known = [];
    private readonly List<string> _sentAgain = [];

    /// <summary>How often something struck.</summary>
    public int Struck { get; private set; }

    /// <summary>Requests that came again though the sender knew their outcome; only searches may.</summary>
    public IReadOnlyList<string> SentAgain => _sentAgain;

    /// <summary>No outcome is known any more.</summary>
    public void Forget() => _known.Clear();

    /// <summary>Before a request leaves.</summary>
    public void Before(HttpRequestMessage request)
    {
        if (_known.Contains(KeyOf(request)))
            _sentAgain.Add(KeyOf(request));
        switch (Strike(1, 2))
        {
            case 1:
                throw new KilledException();
            case 2:
                throw new HttpRequestException(HttpRequestError.ConnectionError);
        }
    }

    /// <summary>When the vendor has answered, before the sender hears of it.</summary>
    public HttpResponseMessage After(HttpRequestMessage request, HttpResponseMessage answer)
    {
        switch (Strike(3, 7))
        {
            case 3:
                throw new KilledException();
            case 4:
                throw new HttpRequestException(HttpRequestError.ResponseEnded);
            case 5:
                return Instead(answer, HttpStatusCode.BadGateway);
            case 6:
                return Instead(answer, HttpStatusCode.GatewayTimeout);
            case 7:
                return Instead(answer, HttpStatusCode.ServiceUnavailable, retryAfter: "3");
            default:
                if (answer.IsSuccessStatusCode && IsWhole(request))
                    _known.Add(KeyOf(request));
                return answer;
        }
    }

    private int Strike(int first, int last)
    {
        var kind = _random.Next(100) < BadPercent ? _random.Next(first, last + 1) : 0;
        Struck += kind > 0 ? 1 : 0;
        return kind;
    }

    /// <summary>A gateway's answer, after the vendor took the request: the outcome is unknown.</summary>
    private static HttpResponseMessage Instead(HttpResponseMessage answer, HttpStatusCode status, string? retryAfter = null)
    {
        answer.Dispose();
        var refused = new HttpResponseMessage(status);
        if (retryAfter is not null)
            refused.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return refused;
    }

    /// <summary>Whether the request is all that its notification sends: Jira's are one of several.</summary>
    private static bool IsWhole(HttpRequestMessage request) => !request.RequestUri!.AbsolutePath.Contains("/jira/", StringComparison.Ordinal);

    /// <summary>Where it goes and what it says. Its content stands in memory: nothing is waited for.</summary>
    private static string KeyOf(HttpRequestMessage request) => request.RequestUri!.AbsolutePath + " " + request.Content?.ReadAsStringAsync().GetAwaiter().GetResult();
}
