using System.Net.Http.Headers;
using System.Text;
using SyncHealth.Alerting.Messages;

namespace SyncHealth.Alerting.Worker.Channels;

/// <summary>Sends requests of channels and says what each answer means: the same table for every vendor.</summary>
public sealed class ChannelHttp : IDisposable
{
    /// <summary>How long a vendor may take; on the wall clock, because a socket does not know that time runs faster.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>How much of an answer is read, in bytes: what is asked for is far shorter, and what is longer cannot be parsed.</summary>
    private const int MaxAnswerBytes = 256 * 1024;

    /// <summary>How much of an answer goes into a detail for people, in characters.</summary>
    private const int MaxQuoteLength = 200;

    private const int TooManyRequests = 429;
    private const int RequestTimeout = 408;
    private const int FirstServerError = 500;

    private readonly HttpClient _client;
    private readonly TimeProvider _wallClock;
    private readonly TimeSpan _timeout;
    private readonly DateTimeOffset _until = DateTimeOffset.MaxValue;

    /// <summary>Sends through <paramref name="handler"/>; <paramref name="wallClock"/> reads Retry-After dates.</summary>
    internal ChannelHttp(HttpMessageHandler handler, TimeProvider wallClock, TimeSpan? timeout = null)
    {
        // HttpClient's own timeout ends with the headers; ours covers the body too.
        _client = new HttpClient(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        _timeout = timeout ?? Timeout;
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("SyncHealth", "1"));
        _wallClock = wallClock;
    }

    private ChannelHttp(ChannelHttp whole, DateTimeOffset until) => (_client, _wallClock, _timeout, _until, Guard) = (whole._client, whole._wallClock, whole._timeout, until, whole.Guard);

    /// <summary>
    /// The same for one delivery, whose lease runs out at <paramref name="until"/> on the clock of vendors. From then on nothing leaves any more: the process may
    /// have been frozen between two requests, and another sender be at it by now.
    /// </summary>
    internal ChannelHttp HeldUntil(DateTimeOffset until) => new(this, until);

    /// <summary>The handler of a real installation: vetted targets, no redirects, no cookies, no proxy of the environment to slip through.</summary>
    internal static SocketsHttpHandler CreateHandler(bool allowPrivateTargets) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectCallback = new TargetGuard(allowPrivateTargets).ConnectAsync,
    };

    /// <summary>Vets the targets of channels that speak no HTTP.</summary>
    internal TargetGuard Guard { get; init; } = new(allowPrivate: false);

    /// <summary>Now, on the clock of vendors.</summary>
    internal DateTimeOffset WallNow => _wallClock.GetUtcNow();

    public void Dispose() => _client.Dispose();

    /// <summary>Sends one request; <paramref name="secrets"/> are masked in whatever is said about it.</summary>
    internal async Task<HttpAnswer> SendAsync(HttpRequestMessage request, IReadOnlyList<Secret> secrets, CancellationToken cancellationToken)
    {
        var answer = await TrySendAsync(request, cancellationToken);
        return answer.Failure is { } failure ? answer with { Failure = failure with { Detail = Redact(failure.Detail, secrets) } } : answer;
    }

    /// <summary>A JSON body as every vendor here takes it.</summary>
    internal static HttpContent Json(string json) => new StringContent(json, Encoding.UTF8, "application/json");

    private static string Redact(string text, IReadOnlyList<Secret> secrets) => secrets.Aggregate(text, (redacted, secret) => secret.Redact(redacted));

    private async Task<HttpAnswer> TrySendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_wallClock.GetUtcNow() >= _until)
            return NoAnswer("not sent: the lease had run out", mayHaveArrived: false);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(_timeout);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            var body = await ReadAsync(response, deadline.Token);
            return new HttpAnswer(FailureOf(response, body), (int)response.StatusCode, body);
        }
        catch (HttpRequestException refused) when (refused.InnerException is TargetRefusedException reason)
        {
            return new HttpAnswer(Delivery.GiveUp(reason.Message), 0, "");
        }
        catch (HttpRequestException failure)
        {
            return NoAnswer($"no answer: {failure.HttpRequestError}", !NeverConnected(failure.HttpRequestError));
        }
        catch (IOException failure)
        {
            return NoAnswer($"the answer broke off: {failure.GetType().Name}", mayHaveArrived: true);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return NoAnswer($"no answer within {_timeout.TotalSeconds:0} s", mayHaveArrived: true);
        }
        catch (OperationCanceledException)
        {
            return NoAnswer("stopped while waiting for an answer", mayHaveArrived: true);
        }
    }

    private static HttpAnswer NoAnswer(string detail, bool mayHaveArrived) =>
        new(new Delivery(DeliveryStatus.Retry, detail) { MayHaveArrived = mayHaveArrived }, 0, "");

    private static bool NeverConnected(HttpRequestError error) =>
        error is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;

    private Delivery? FailureOf(HttpResponseMessage response, string body)
    {
        if (response.IsSuccessStatusCode)
            return null;
        var status = (int)response.StatusCode;
        var retry = status is TooManyRequests or RequestTimeout or >= FirstServerError;
        var detail = FormattableString.Invariant($"{status} {PlainText.Line(body, MaxQuoteLength)}").TrimEnd();
        return new Delivery(retry ? DeliveryStatus.Retry : DeliveryStatus.GiveUp, detail)
        {
            RetryAfter = RetryAfterOf(response),
            IsLimited = status == TooManyRequests,
            // A vendor that answers 5xx may have stored the event before it failed; 429 and 4xx say that it did not.
            MayHaveArrived = status is >= FirstServerError or RequestTimeout,
        };
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > _wallClock.GetUtcNow() => date - _wallClock.GetUtcNow(),
        _ => null,
    };

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxAnswerBytes];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
