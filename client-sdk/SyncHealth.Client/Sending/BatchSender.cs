using System.Globalization;
using System.Net.Http.Headers;
using SyncHealth.Client.Queue;
using SyncHealth.Client.Recording;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Sending;

/// <summary>Makes one request of one batch. Never retries: the loop above is the only layer that does.</summary>
internal sealed class BatchSender : IDisposable
{
    /// <summary>Most bytes of an answer that are read, in bytes: a receipt with every event of a batch rejected fits many times.</summary>
    private const long MaxAnswerBytes = 1024 * 1024;

    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly TimeProvider _time;
    private readonly SyncProtocol _protocol;
    private readonly AuthenticationHeaderValue _authorization;

    internal BatchSender(SyncTelemetryOptions options)
    {
        _time = options.TimeProvider;
        _protocol = options.Protocol;
        _address = AddressOf(options.Endpoint!, _protocol);
        // In this header, because HttpClient takes it off when a host's handler follows a redirect after all.
        _authorization = new AuthenticationHeaderValue("Bearer", options.Key);
        _http = options.Handler is { } handler
            ? new HttpClient(handler, disposeHandler: false)
            : new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        // Real time, whatever the telemetry's clock: it bounds a real connection.
        _http.Timeout = options.RequestTimeout;
        _http.MaxResponseContentBufferSize = MaxAnswerBytes;
    }

    /// <summary>Whether bodies are compressed: until the server says that it does not take that.</summary>
    internal bool Compresses { get; set; } = true;

    /// <summary>Whether a batch may tell losses and hold no event.</summary>
    internal bool TellsWithoutEvents => _protocol != SyncProtocol.Otlp;

    internal async Task<Answer> SendAsync(QueuedBatch batch, CancellationToken cancellationToken)
    {
        using var request = Request(batch);
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (response.RequestMessage?.RequestUri is { } answered && answered != _address)
                return Answer.None("redirected");
            var body = await BodyAsync(response.Content).ConfigureAwait(false);
            return AnswerReader.Read(_protocol, (int)response.StatusCode, response.Headers, response.Content?.Headers.ContentType?.MediaType, body, _time.GetUtcNow());
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return Answer.None("timeout: " + exception.Message);
        }
        // Anything: the handler may be the host's own.
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return Answer.None(exception.Message);
        }
    }

    public void Dispose() => _http.Dispose();

    // Buffered already: SendAsync has read the whole answer within the time limit.
    private static async Task<byte[]> BodyAsync(HttpContent? content) =>
        content is null ? [] : await content.ReadAsByteArrayAsync().ConfigureAwait(false);

    private static Uri AddressOf(Uri endpoint, SyncProtocol protocol) =>
        new(endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/') + (protocol == SyncProtocol.Otlp ? "/v1/logs" : "/v1/events"));

    private HttpRequestMessage Request(QueuedBatch batch)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = Content(_protocol == SyncProtocol.Otlp ? OtlpBody.Write(batch) : BatchBody.Write(batch, _time.GetUtcNow())) };
        request.Headers.Authorization = _authorization;
        request.Headers.TryAddWithoutValidation(WireHeaders.IdempotencyKey, batch.Key);
        request.Headers.TryAddWithoutValidation(WireHeaders.Attempt, batch.Attempt.ToString(CultureInfo.InvariantCulture));
        return request;
    }

    private ByteArrayContent Content(ByteBuffer body)
    {
        var content = Compresses ? new ByteArrayContent(BatchBody.Compress(body)) : new ByteArrayContent(body.Segment.Array!, 0, body.Length);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (Compresses)
            content.Headers.ContentEncoding.Add("gzip");
        return content;
    }
}
