using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Loop;
using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Store;

namespace SyncHealth.SyncEngine.Protocol;

/// <summary>The remote API. The one place that retries; every failure comes back as data.</summary>
internal sealed class NotesApi(EngineOptions options, HttpClient http, ICycleClock clock, Random random)
{
    /// <summary>Bytes of an answer behind gzip: a page of a thousand notes of the greatest length.</summary>
    private const int MostBytes = 256 * 1024 * 1024;

    private static readonly StringWithQualityHeaderValue Packed = new(Gzip.Name);
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private readonly Backoff _backoff = new(options.FirstRetryWait, options.LongestRetryWait, random);
    private readonly CircuitBreaker _breaker = new(options, random);
    private readonly string _server = options.Server!.AbsoluteUri.TrimEnd('/');

    /// <summary>Until when the server is left alone; null when it is not.</summary>
    public DateTimeOffset? OpenUntil(DateTimeOffset now) => _breaker.OpenUntil(now);

    /// <summary>A page of what is new since a token or a moment, which the last page has given; null for everything.</summary>
    public Task<Reply<ArrivedPage>> PullAsync(string? token, CycleTally tally, CancellationToken cancellationToken)
    {
        var address = ChangesAddress();
        if (options.Delta == DeltaStrategy.Timestamp)
            address += "&since=" + Uri.EscapeDataString(token ?? "");
        else if (token is not null)
            address += "&token=" + Uri.EscapeDataString(token);
        return SendAsync(() => new HttpRequestMessage(HttpMethod.Get, address), ArrivedPage.Of, tally, cancellationToken);
    }

    /// <summary>A page of what is new beyond what this device has.</summary>
    public Task<Reply<ArrivedPage>> PullAsync(IReadOnlyDictionary<string, long> known, CycleTally tally, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new KnownVersions(known), ProtocolJson.Default.KnownVersions);
        return SendAsync(() => Post(ChangesAddress(), body), ArrivedPage.Of, tally, cancellationToken);
    }

    public Task<Reply<PushResponse>> PushAsync(OutboxBatch batch, CycleTally tally, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new PushRequest([.. batch.Operations.Select(operation => ToWire(operation, options.Conflicts[RecordId.EntityOf(operation.NoteId)].SettlesOnDevice))]), ProtocolJson.Default.PushRequest);
        return SendAsync(
            () =>
            {
                var request = Post(_server + "/sync", body);
                request.Headers.TryAddWithoutValidation(ProtocolHeaders.IdempotencyKey, batch.Key);
                return request;
            },
            static answer => JsonSerializer.Deserialize(answer, ProtocolJson.Default.PushResponse) ?? throw new JsonException("The answer is null."),
            tally,
            cancellationToken);
    }

    private string ChangesAddress() => string.Create(CultureInfo.InvariantCulture, $"{_server}/changes?limit={options.PageLimit}");

    private HttpRequestMessage Post(string address, byte[] body)
    {
        var isPacked = body.Length >= options.CompressFrom;
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(isPacked ? Gzip.Pack(body) : body) };
        request.Content.Headers.ContentType = Json;
        if (isPacked)
            request.Content.Headers.ContentEncoding.Add(Gzip.Name);
        return request;
    }

    private async Task<Reply<T>> SendAsync<T>(Func<HttpRequestMessage> create, Func<byte[], T> read, CycleTally tally, CancellationToken cancellationToken)
        where T : class
    {
        for (var retry = 0; ; retry++)
        {
            var (reply, isTransient, retryAfter) = await TryAsync(create, read, tally, cancellationToken);
            Tell(reply.Failure, isTransient);
            if (!isTransient || retry == options.MaxRetries || !_breaker.IsClosed)
                return reply;
            tally.Retries++;
            await clock.WaitAsync(_backoff.Next(retry, retryAfter), cancellationToken);
        }
    }

    /// <summary>A device without a network knows nothing of the server.</summary>
    private void Tell(SyncFailure? failure, bool isTransient)
    {
        if (isTransient)
            _breaker.Failed(options.TimeProvider.GetUtcNow());
        else if (failure is not { Kind: SyncErrorKind.Offline })
            _breaker.Answered();
    }

    private async Task<(Reply<T> Reply, bool IsTransient, TimeSpan? RetryAfter)> TryAsync<T>(
        Func<HttpRequestMessage> create, Func<byte[], T> read, CycleTally tally, CancellationToken cancellationToken)
        where T : class
    {
        using var deadline = clock.Deadline(options.RequestTimeout, cancellationToken);
        using var request = create();
        request.Headers.AcceptEncoding.Add(Packed);
        request.Headers.TryAddWithoutValidation(ProtocolHeaders.Account, options.Account);
        request.Headers.TryAddWithoutValidation(ProtocolHeaders.Device, options.Device);
        try
        {
            using var response = await http.SendAsync(request, deadline.Token);
            var body = await response.Content.ReadAsByteArrayAsync(deadline.Token);
            tally.BytesDown += body.Length;
            if (response.IsSuccessStatusCode)
                return (read(await UnpackAsync(response, body, deadline.Token)), false, null);
            return (FailureOf(response.StatusCode), IsTransient(response.StatusCode), RetryAfter(response));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (new SyncFailure(SyncErrorKind.Timeout, "timeout"), true, null);
        }
        catch (HttpRequestException exception)
        {
            // Without a network a retry can only fail: the cycle ends, and the reconnect starts the next one.
            return options.Network().IsConnected
                ? (new SyncFailure(SyncErrorKind.Server, CodeOf(exception.HttpRequestError)), true, null)
                : (new SyncFailure(SyncErrorKind.Offline, "no_network"), false, null);
        }
        catch (JsonException exception)
        {
            return (SyncFailure.Of(exception), false, null);
        }
        finally
        {
            tally.BytesUp += request.Content?.Headers.ContentLength ?? 0;
        }
    }

    private static async Task<byte[]> UnpackAsync(HttpResponseMessage response, byte[] body, CancellationToken cancellationToken) =>
        response.Content.Headers.ContentEncoding.Contains(Gzip.Name)
            ? await Gzip.UnpackAsync(body, MostBytes, cancellationToken) ?? throw new JsonException("The answer is no gzip.")
            : body;

    private static SyncFailure FailureOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Gone => new SyncFailure(SyncErrorKind.Server, SyncFailure.TokenExpired),
        HttpStatusCode.Unauthorized => new SyncFailure(SyncErrorKind.Auth, "http_401"),
        _ => new SyncFailure(
            IsTransient(status) ? SyncErrorKind.Server : SyncErrorKind.Denied,
            string.Create(CultureInfo.InvariantCulture, $"http_{(int)status}")),
    };

    /// <summary>409: an earlier attempt of this very push is still being worked on; its answer comes with the next one.</summary>
    private static bool IsTransient(HttpStatusCode status) =>
        (int)status >= 500 || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.Conflict;

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - options.TimeProvider.GetUtcNow() : null;

    private static string CodeOf(HttpRequestError error) => error switch
    {
        HttpRequestError.ConnectionError => "connect",
        HttpRequestError.NameResolutionError => "dns",
        HttpRequestError.SecureConnectionError => "tls",
        _ => "transport",
    };

    private static PushOperation ToWire(Operation operation, bool merges) => new(
        OperationNames.Of(operation.Kind),
        operation.NoteId,
        operation.Content.IsDeleted ? "" : operation.Content.Title,
        operation.Content.IsDeleted ? "" : operation.Content.Body,
        operation.Content.Edited.Millis,
        operation.BaseVersion,
        merges);
}
