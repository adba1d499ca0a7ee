using System.Globalization;
using System.Net;
using System.Text;
using SyncHealth.Client.Sending;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;
using SyncHealth.Testing;
using SyncHealth.Testing.Faults;

namespace SyncHealth.Client.Tests.Sending;

/// <summary>B2: every status with every kind of <c>Retry-After</c>, seen from outside, on virtual time.</summary>
public sealed class StatusMatrixTests
{
    private const int EventsPerBatch = 2;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>What the server may say, and the wait that it means; <see langword="null"/> is none.</summary>
    private static readonly (string? Header, TimeSpan? Wait)[] RetryAfters =
    [
        (null, null),
        ("30", TimeSpan.FromSeconds(30)),
        ("Sun, 22 Nov 2026 08:02:00 GMT", TimeSpan.FromMinutes(2)),
        ("Sun, 22 Nov 2026 07:00:00 GMT", null),
        ("soon", null),
        ("-5", null),
        ("315360000", Hour),
    ];

    [Fact]
    public async Task EveryStatus_WithEveryRetryAfter_IsTreatedByTheTable()
    {
        var goal = new Goal("B2");
        var kinds = FaultScale.Of(test: 1, faults: RetryAfters.Length, deep: RetryAfters.Length);
        var cases = 0;
        for (var status = 100; status <= 599; status++)
            for (var kind = 0; kind < kinds; kind++, cases++)
            {
                // A plain run goes through the kinds in turn, so that each is met by each class of status.
                var (header, wait) = RetryAfters[kinds == 1 ? status % RetryAfters.Length : kind];
                await JudgeAsync(status, header, wait);
            }

        goal.Reached($"{cases} pairs of status and Retry-After");
    }

    /// <summary>H1: mistakes in reading an answer, each found by the matrix.</summary>
    [Theory]
    [InlineData("Retry-After passed over", 503, "30", 30)]
    [InlineData("500 tried again at once", 500, null, 0)]
    [InlineData("redirect taken for a receipt", 307, null, 0)]
    [InlineData("refused key taken for a malformed body", 401, null, 0)]
    [InlineData("malformed body taken for a server that is away", 400, null, 0)]
    public async Task Status_WithABugInReadingIt_IsFound(string bug, int status, string? header, int seconds) =>
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => JudgeAsync(status, header, seconds == 0 ? null : TimeSpan.FromSeconds(seconds), ingest => new ChangedAnswers(ingest, Bugs[bug])));

    private static readonly Dictionary<string, Action<HttpResponseMessage>> Bugs = new()
    {
        ["Retry-After passed over"] = answer => answer.Headers.Remove("Retry-After"),
        ["500 tried again at once"] = answer => answer.StatusCode = answer.StatusCode == HttpStatusCode.InternalServerError ? HttpStatusCode.ServiceUnavailable : answer.StatusCode,
        ["redirect taken for a receipt"] = answer => (answer.StatusCode, answer.Content) = (HttpStatusCode.OK, FakeIngest.Json(HttpStatusCode.OK, """{"accepted":2}""").Content),
        ["refused key taken for a malformed body"] = answer => answer.StatusCode = answer.StatusCode == HttpStatusCode.Unauthorized ? HttpStatusCode.BadRequest : answer.StatusCode,
        ["malformed body taken for a server that is away"] = answer => answer.StatusCode = answer.StatusCode == HttpStatusCode.BadRequest ? HttpStatusCode.BadGateway : answer.StatusCode,
    };

    private static async Task JudgeAsync(int status, string? header, TimeSpan? asked, Func<HttpMessageHandler, HttpMessageHandler>? bug = null)
    {
        using var ingest = new FakeIngest();
        var time = Some.Clock();
        ingest.Respond = batch => ingest.Batches.Count == 1 ? Answer(status, header) : null;
        await using var telemetry = SyncTelemetry.Create(Some.Options(bug?.Invoke(ingest) ?? ingest, time: time));
        for (var i = 0; i < EventsPerBatch; i++)
            telemetry.StartSync(SyncType.Delta).Succeed();
        var what = $"status {status}, Retry-After {header}";

        var sent = await telemetry.FlushAsync();

        switch (status)
        {
            case 200:
                AssertState(what, telemetry, ingest, sent, requests: 1, delivered: EventsPerBatch);
                break;
            case 400 or 413 or 422:
                AssertState(what, telemetry, ingest, sent, requests: 3, delivered: EventsPerBatch);
                break;
            case 415:
                AssertState(what, telemetry, ingest, sent, requests: 2, delivered: EventsPerBatch);
                Assert.Equal(["gzip", null], ingest.Batches.Select(batch => batch.Encoding));
                break;
            case 500:
                AssertState(what, telemetry, ingest, sent, requests: 1, delivered: 0);
                await AssertHeldAsync(what, telemetry, ingest, time, Hour);
                break;
            case >= 400 and < 500 and not (407 or 408 or 425 or 429):
                AssertState(what, telemetry, ingest, sent, requests: 1, delivered: 0);
                Assert.Equal(SyncTelemetryState.Refused, telemetry.Status.State);
                await AssertHeldAsync(what, telemetry, ingest, time, Hour);
                break;
            default:
                AssertState(what, telemetry, ingest, sent, requests: 1, delivered: 0);
                Assert.Equal(SyncTelemetryState.Waiting, telemetry.Status.State);
                await AssertHeldAsync(what, telemetry, ingest, time, asked ?? TimeSpan.Zero);
                break;
        }
    }

    /// <summary>Not a moment before <paramref name="wait"/> has passed, whoever asks; and then it is delivered, under the same key.</summary>
    private static async Task AssertHeldAsync(string what, SyncTelemetry telemetry, FakeIngest ingest, ManualTimeProvider time, TimeSpan wait)
    {
        if (wait > TimeSpan.Zero)
        {
            time.Advance(wait - TimeSpan.FromMilliseconds(1));
            Assert.False(await telemetry.FlushAsync(), what);
            Assert.True(ingest.Batches.Count == 1, $"{what}: earlier than told");
            // The jitter on top: at most a tenth of an hour, or the ceiling of the backoff.
            time.Advance(TimeSpan.FromMilliseconds(1) + TimeSpan.FromTicks(wait.Ticks / 10) + RetrySchedule.Ceiling(1));
        }

        Assert.True(await telemetry.FlushAsync(), $"{what}: {telemetry.Status.LastProblem}");
        AssertState(what, telemetry, ingest, true, requests: 2, delivered: EventsPerBatch);
        Assert.Single(ingest.Batches.Select(batch => batch.Key).Distinct());
    }

    private static void AssertState(string what, SyncTelemetry telemetry, FakeIngest ingest, bool sent, int requests, int delivered) => Assert.Equal(
        (what, delivered == EventsPerBatch, requests, delivered, EventsPerBatch - delivered),
        (what, sent, ingest.Batches.Count, (int)telemetry.Status.Sent, (int)telemetry.Status.Queued));

    private static HttpResponseMessage Answer(int status, string? retryAfter)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StringContent(status == 200 ? """{"accepted":2,"duplicates":0,"rejected":[]}""" : """{"code":"x"}""", Encoding.UTF8, "application/json"),
        };
        answer.Headers.TryAddWithoutValidation("Date", Some.Now.ToString("r", CultureInfo.InvariantCulture));
        if (retryAfter is not null)
            answer.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return answer;
    }
}
