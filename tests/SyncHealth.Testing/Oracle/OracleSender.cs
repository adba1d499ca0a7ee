using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace SyncHealth.Testing.Oracle;

/// <summary>Sends a ledger's events as a client would: a batch is resent whole until a 200 that can be read says it is taken.</summary>
public sealed class OracleSender(HttpClient http, string key, Ledger ledger)
{
    /// <summary>Real pause of a worker after a refusal: shorter than any client's, so that faults meet traffic.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentQueue<LedgerEvent[]> _unsure = [];
    private readonly ConcurrentDictionary<HttpStatusCode, int> _answers = [];
    private int _refusedWithoutRetryAfter;
    private int _unanswered;

    /// <summary>Answers by status.</summary>
    public IReadOnlyDictionary<HttpStatusCode, int> Answers => _answers;

    /// <summary>Answers 429 or 503 that did not say when to come back.</summary>
    public int RefusedWithoutRetryAfter => _refusedWithoutRetryAfter;

    /// <summary>Requests whose answer did not arrive whole.</summary>
    public int Unanswered => _unanswered;

    /// <summary>Issues a batch and sends it once. What was not acknowledged waits for <see cref="ResendAsync"/>.</summary>
    public async Task<bool> SendNewAsync(int count, CancellationToken cancellationToken)
    {
        var batch = ledger.Issue(count);
        if (await SendAsync(batch, cancellationToken))
            return true;
        _unsure.Enqueue(batch);
        return false;
    }

    /// <summary>Sends batches from several workers until cancelled; what is refused or unanswered is sent again before anything new.</summary>
    public Task RunAsync(int workers, int batchSize, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(() => WorkAsync(batchSize, cancellationToken), CancellationToken.None)));

    /// <summary>Resends until everything is acknowledged.</summary>
    /// <exception cref="TimeoutException">That took longer than <paramref name="patience"/>: the other side no longer works.</exception>
    public async Task DrainAsync(TimeSpan patience)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await ResendAsync(CancellationToken.None))
        {
            if (TimeProvider.System.GetElapsedTime(start) > patience)
                throw new TimeoutException($"{_unsure.Count} batches are still refused after {patience}; answers: {Describe()}.");
            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    /// <summary>All answers in one line.</summary>
    public string Describe() =>
        string.Join(", ", _answers.OrderBy(pair => pair.Key).Select(pair => $"{(int)pair.Key}: {pair.Value}").Append($"none: {Unanswered}"));

    /// <summary>Sends everything that was not acknowledged once more; true when nothing is left.</summary>
    public async Task<bool> ResendAsync(CancellationToken cancellationToken)
    {
        for (var left = _unsure.Count; left > 0 && _unsure.TryDequeue(out var batch); left--)
            if (!await SendAsync(batch, cancellationToken))
                _unsure.Enqueue(batch);
        return _unsure.IsEmpty;
    }

    /// <summary>Sends one batch once; whether it was acknowledged.</summary>
    public async Task<bool> SendAsync(LedgerEvent[] batch, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = new ByteArrayContent(ledger.JsonOf(batch)) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using var response = await http.SendAsync(request, cancellationToken);
            return Take(response, await response.Content.ReadAsByteArrayAsync(cancellationToken), batch);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            Interlocked.Increment(ref _unanswered);
            return false;
        }
    }

    private async Task WorkAsync(int batchSize, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            // A request under way when the run ends still gets its answer: nothing stays unknown that need not.
            var batch = _unsure.TryDequeue(out var waiting) ? waiting : ledger.Issue(batchSize);
            if (await SendAsync(batch, CancellationToken.None))
                continue;
            _unsure.Enqueue(batch);
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    }

    private bool Take(HttpResponseMessage response, byte[] body, LedgerEvent[] batch)
    {
        _answers.AddOrUpdate(response.StatusCode, 1, static (_, count) => count + 1);
        if (response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests && response.Headers.RetryAfter is null)
            Interlocked.Increment(ref _refusedWithoutRetryAfter);
        if (response.StatusCode != HttpStatusCode.OK || !IsWhole(body, batch.Length))
            return false;
        ledger.Acknowledge(batch);
        return true;
    }

    /// <summary>Whether the answer accounts for every event and refuses none.</summary>
    private static bool IsWhole(byte[] body, int events)
    {
        try
        {
            using var answer = JsonDocument.Parse(body);
            return answer.RootElement.GetProperty("accepted").GetInt32() + answer.RootElement.GetProperty("duplicates").GetInt32() == events
                && answer.RootElement.GetProperty("rejected").GetArrayLength() == 0;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }
}
