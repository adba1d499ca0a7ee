using System.Net;
using SyncHealth.Client.Sending;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;
using SyncHealth.Testing;

namespace SyncHealth.Client.Tests.Sending;

/// <summary>The status table of the protocol, seen from outside: what the server answers, what the telemetry then does.</summary>
public sealed class SendingTests : IAsyncDisposable
{
    private readonly FakeIngest _ingest = new();
    private readonly ManualTimeProvider _time = Some.Clock();
    private readonly List<SyncNotice> _notices = [];
    private readonly SyncTelemetryOptions _options;
    private SyncTelemetry? _telemetry;

    public SendingTests()
    {
        _options = Some.Options(_ingest, time: _time);
        _options.OnNotice = _notices.Add;
    }

    private SyncTelemetry Telemetry => _telemetry ??= SyncTelemetry.Create(_options);

    public async ValueTask DisposeAsync()
    {
        await Telemetry.DisposeAsync();
        _ingest.Dispose();
    }

    [Fact]
    public async Task Send_FullBatch_LeavesAtOnce()
    {
        _options.BatchSize = 5;
        Record(5);

        await ReceivedAsync(1);
        Assert.Equal([1, 2, 3, 4, 5], _ingest.Batches[0].Seqs);
        Assert.Equal("Bearer demo", _ingest.Batches[0].Authorization);
        Assert.Equal("gzip", _ingest.Batches[0].Encoding);
    }

    [Fact]
    public async Task Send_PartBatch_LeavesAfterTheInterval()
    {
        await RecordAsync(1);
        await AsleepAsync();

        _time.Advance(_options.BatchInterval - TimeSpan.FromSeconds(1));
        await AsleepAsync();
        Assert.Empty(_ingest.Batches);
        _time.Advance(TimeSpan.FromSeconds(1));
        await ReceivedAsync(1);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(502)]
    [InlineData(504)]
    [InlineData(429)]
    [InlineData(408)]
    [InlineData(302)]
    [InlineData(204)]
    [InlineData(511)]
    public async Task Send_NoUsableAnswer_ResendsTheSameBatchUntilItArrives(int status)
    {
        _ingest.Respond = batch => batch.Attempt <= 3 ? new HttpResponseMessage((HttpStatusCode)status) : null;
        await RecordAsync(3);
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            await AsleepAsync();
            _time.Advance(attempt == 1 ? _options.BatchInterval : RetrySchedule.Cap);
            await ReceivedAsync(attempt);
        }

        await SentAsync(3);
        Assert.Single(_ingest.Batches.Select(b => b.Key).Distinct());
        Assert.All(_ingest.Batches, batch => Assert.Equal([1, 2, 3], batch.Seqs));
        Assert.Equal([1, 2, 3, 4], _ingest.Batches.Select(b => b.Attempt));
        Assert.Equal(SyncTelemetryState.Running, Telemetry.Status.State);
    }

    [Fact]
    public async Task Send_AnswerLostAfterTheServerCommitted_CountsOnce()
    {
        var committed = new Dictionary<string, int>();
        _ingest.Respond = batch =>
        {
            foreach (var id in batch.Ids)
                committed[id] = committed.GetValueOrDefault(id) + 1;
            return batch.Attempt == 1 ? throw new HttpRequestException("connection reset") : null;
        };
        Record(4);

        Assert.False(await Telemetry.FlushAsync());
        Assert.Equal(SyncTelemetryState.Waiting, Telemetry.Status.State);
        Assert.True(await Telemetry.FlushAsync());

        Assert.Equal(4, committed.Count);
        Assert.All(committed.Values, times => Assert.Equal(2, times));
        Assert.Equal(4, Telemetry.Status.Sent);
    }

    [Fact]
    public async Task Send_CaptivePortal_KeepsEverything()
    {
        _ingest.Respond = batch => batch.Attempt <= 2 ? FakeIngest.Page(HttpStatusCode.OK) : null;
        Record(4);

        Assert.False(await Telemetry.FlushAsync());
        Assert.False(await Telemetry.FlushAsync());
        Assert.Equal(4, Telemetry.Status.Queued);
        Assert.True(await Telemetry.FlushAsync());
        Assert.Equal(4, _ingest.Events.Count);
    }

    [Fact]
    public async Task Send_RetryAfter_IsNeverEarlierThanToldEvenForAFlush()
    {
        _ingest.Respond = batch => batch.Attempt == 1 ? FakeIngest.Refusal(HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(40)) : null;
        Record(1);

        Assert.False(await Telemetry.FlushAsync());
        _time.Advance(TimeSpan.FromSeconds(39));
        Assert.False(await Telemetry.FlushAsync());
        Assert.Single(_ingest.Batches);
        await AsleepAsync();
        _time.Advance(TimeSpan.FromSeconds(1) + RetrySchedule.Ceiling(1));
        await SentAsync(1);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task Send_Refused_KeepsTheQueueTellsTheHostOnceAndAsksHourly(int status)
    {
        _ingest.Respond = batch => batch.Attempt <= 2 ? FakeIngest.Refusal((HttpStatusCode)status) : null;
        Record(2);

        Assert.False(await Telemetry.FlushAsync());
        Assert.Equal(SyncTelemetryState.Refused, Telemetry.Status.State);
        await AsleepAsync();
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.False(await Telemetry.FlushAsync());
        Assert.Single(_ingest.Batches);
        await AsleepAsync();
        _time.Advance(TimeSpan.FromMinutes(8));
        await ReceivedAsync(2);
        await AsleepAsync();
        _time.Advance(TimeSpan.FromMinutes(67));
        await SentAsync(2);

        Assert.Equal("key_refused", Assert.Single(_notices).Code);
    }

    [Fact]
    public async Task Send_OneMalformedEvent_CostsThatEventOnly()
    {
        _ingest.Respond = batch => batch.Seqs.Contains(37) ? FakeIngest.Refusal(HttpStatusCode.BadRequest) : null;
        Record(100);

        Assert.True(await Telemetry.FlushAsync());

        Assert.Equal(99, _ingest.Events.Count);
        Assert.Equal((99, 1), (Telemetry.Status.Sent, Telemetry.Status.Dropped[DropReasons.Poison]));
        Assert.InRange(_ingest.Batches.Count, 8, 16);
        Assert.Equal(_ingest.Batches.Count, _ingest.Batches.Select(b => b.Key).Distinct().Count());
        Record(1);
        Assert.True(await Telemetry.FlushAsync());
        Assert.Equal(1, _ingest.Batches[^1].Dropped[DropReasons.Poison]);
    }

    [Fact]
    public async Task Send_EverythingMalformed_StopsAndKeepsTheRest()
    {
        _ingest.Respond = _ => FakeIngest.Refusal(HttpStatusCode.BadRequest);
        Record(100);

        Assert.False(await Telemetry.FlushAsync());

        Assert.Equal(SyncTelemetryState.Refused, Telemetry.Status.State);
        Assert.Equal(SendLoop.MaxPoisonRun, Telemetry.Status.Dropped[DropReasons.Poison]);
        Assert.Equal(100 - SendLoop.MaxPoisonRun, Telemetry.Status.Queued);
    }

    [Fact]
    public async Task Send_TooLarge_HalvesUntilItFits()
    {
        _ingest.Respond = batch => batch.Events.Count > 30 ? FakeIngest.Page(HttpStatusCode.RequestEntityTooLarge) : null;
        Record(100);

        Assert.True(await Telemetry.FlushAsync());
        Assert.Equal(100, _ingest.Events.Count);
    }

    [Fact]
    public async Task Send_SingleEventTooLarge_IsDroppedAndCounted()
    {
        _ingest.Respond = batch => batch.Seqs.Contains(2) ? FakeIngest.Refusal(HttpStatusCode.RequestEntityTooLarge) : null;
        Record(3);

        Assert.True(await Telemetry.FlushAsync());
        Assert.Equal((2, 1), (Telemetry.Status.Sent, Telemetry.Status.Dropped[DropReasons.TooLarge]));
    }

    [Fact]
    public async Task Send_CompressionRefused_ResendsPlainOnce()
    {
        _ingest.Respond = batch => batch.Encoding is not null ? FakeIngest.Refusal(HttpStatusCode.UnsupportedMediaType) : null;
        Record(3);

        Assert.True(await Telemetry.FlushAsync());
        Assert.Equal(["gzip", null], _ingest.Batches.Select(b => b.Encoding));
        Assert.Single(_ingest.Batches.Select(b => b.Key).Distinct());
    }

    [Fact]
    public async Task Send_ServerFailsOnABatch_TriesThreeTimesHoursApartWhileOthersGo()
    {
        _options.BatchSize = 2;
        _ingest.Respond = batch => batch.Seqs.Contains(1) ? FakeIngest.Refusal(HttpStatusCode.InternalServerError) : null;
        Record(4);
        await SentAsync(2);

        for (var retry = 1; retry <= SendLoop.MaxServerErrors; retry++)
        {
            await AsleepAsync();
            _time.Advance(TimeSpan.FromMinutes(59));
            Assert.Equal(retry, Failed());
            await AsleepAsync();
            _time.Advance(TimeSpan.FromMinutes(8));
            await Eventually.TrueAsync(() => Failed() == retry + 1, "retry " + retry);
        }

        await Eventually.TrueAsync(() => Telemetry.Status.Queued == 0, "the batch is given up");
        Assert.Equal(2, Telemetry.Status.Dropped[DropReasons.ServerError]);
        Assert.Equal((4, 2), (Telemetry.Status.Issued, Telemetry.Status.Sent));

        int Failed() => _ingest.Batches.Count(b => b.Seqs.Contains(1));
    }

    [Fact]
    public async Task Send_NewEventsWhileAllOthersAreHeld_GoOnTime()
    {
        _ingest.Respond = batch => batch.Seqs.Contains(1) ? FakeIngest.Refusal(HttpStatusCode.InternalServerError) : null;
        Record(1);
        Assert.False(await Telemetry.FlushAsync());

        await RecordAsync(1);
        await AsleepAsync();
        _time.Advance(_options.BatchInterval);
        await SentAsync(1);
    }

    [Fact]
    public async Task Send_HandlerThrowsAnything_TheNextAttemptStillLeaves()
    {
        _ingest.Respond = batch => batch.Attempt == 1 ? throw new NotSupportedException("a host's own handler") : null;
        Record(1);

        Assert.False(await Telemetry.FlushAsync());
        Assert.Equal("a host's own handler", Telemetry.Status.LastProblem);
        Assert.True(await Telemetry.FlushAsync());
        Assert.Null(Telemetry.Status.LastProblem);
    }

    [Fact]
    public async Task Send_TimerBeforeTheMonotonicClock_SleepsOnWithoutSpinning()
    {
        var stalling = new StallingTimeProvider(_time);
        _options.TimeProvider = stalling;
        await RecordAsync(1);
        await AsleepAsync();

        stalling.Stalled = TimeSpan.FromMilliseconds(1);
        _time.Advance(_options.BatchInterval);
        await Eventually.TrueAsync(() => stalling.LastTimer == TimeSpan.FromSeconds(1), "the loop sleeps on");
        Assert.Empty(_ingest.Batches);
        _time.Advance(TimeSpan.FromSeconds(1));
        await SentAsync(1);
    }

    [Fact]
    public async Task Send_AgeMs_IsTheTimeSinceRecording()
    {
        await RecordAsync(1);
        await AsleepAsync();
        _time.Advance(_options.BatchInterval);
        await ReceivedAsync(1);

        var sent = _ingest.Batches[0];
        Assert.Equal(15_000, sent.Events[0].GetProperty("ageMs").GetInt64());
        Assert.Equal("2026-11-22T08:00:15.000Z", sent.Body.GetProperty("sentAt").GetString());
    }

    private void Record(int count)
    {
        for (var i = 0; i < count; i++)
            Telemetry.StartSync(SyncType.Delta).Succeed();
    }

    private async Task RecordAsync(int count)
    {
        Record(count);
        Assert.True(await Telemetry.FlushToDiskAsync());
    }

    private Task AsleepAsync() => Eventually.TrueAsync(() => _time.PendingTimers == 1, "the loop sleeps");

    private Task ReceivedAsync(int batches) => Eventually.TrueAsync(() => _ingest.Batches.Count >= batches, $"{batches} batches arrive");

    private Task SentAsync(int events) => Eventually.TrueAsync(() => Telemetry.Status.Sent == events, $"{events} events are sent");
}
