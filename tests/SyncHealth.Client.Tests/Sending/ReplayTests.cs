using SyncHealth.Client.Sending;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Testing;

namespace SyncHealth.Client.Tests.Sending;

/// <summary>After a long time offline: the newest events leave first, the rest from its beginning at a limited pace, and nothing is lost.</summary>
public sealed class ReplayTests : IDisposable
{
    private const int BatchSize = 10;
    private const int Backlog = 255;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly FakeIngest _ingest = new();
    private readonly TempFolder _folder = new();
    private readonly ManualTimeProvider _time = Some.Clock();

    public void Dispose()
    {
        _ingest.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Start_WithABacklog_SendsTheNewestAtOnceAndTheRestOneBatchAnInterval()
    {
        Fill();
        await using var telemetry = SyncTelemetry.Create(Options());

        // The newest, and the first of the backlog; then it waits.
        await SentAsync(telemetry, 2 * BatchSize);
        Assert.Equal([Backlog, BatchSize], LastSeqs());
        await AsleepAsync();
        for (var batch = 2; batch <= 5; batch++)
        {
            _time.Advance(Interval - TimeSpan.FromSeconds(1));
            await AsleepAsync();
            Assert.Equal(batch, _ingest.Batches.Count);
            _time.Advance(TimeSpan.FromSeconds(1));
            await SentAsync(telemetry, (batch + 1) * BatchSize);
            await AsleepAsync();
        }

        Assert.Equal([Backlog, 10, 20, 30, 40, 50], LastSeqs());
    }

    [Fact]
    public async Task Heartbeat_WhileABacklogLeaves_DoesNotWaitForIt()
    {
        Fill();
        var options = Options();
        options.BatchInterval = TimeSpan.FromSeconds(2);
        await using var telemetry = SyncTelemetry.Create(options);
        await SentAsync(telemetry, 2 * BatchSize);
        await AsleepAsync();

        telemetry.Opened(queueDepth: 3, lastSuccessAt: null);
        Assert.True(await telemetry.FlushToDiskAsync());
        await AsleepAsync();
        _time.Advance(options.BatchInterval);
        await SentAsync(telemetry, (2 * BatchSize) + 1);

        var heartbeat = Assert.Single(_ingest.Batches[^1].Events);
        Assert.Equal(("open", 3), (heartbeat.GetProperty("type").GetString(), heartbeat.GetProperty("queuedItems").GetInt32()));
    }

    [Fact]
    public async Task Outage_Over_NothingIsLostAndTheVitalsOfNowComeFirst()
    {
        Fill();
        var down = true;
        _ingest.Respond = _ => down ? throw new HttpRequestException("offline") : null;
        await using var telemetry = SyncTelemetry.Create(Options());
        await Eventually.TrueAsync(() => _ingest.Batches.Count > 0, "it tries");
        var newest = _ingest.Batches[0].Seqs[^1];

        down = false;
        await Eventually.TrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return telemetry.Status.Queued == 0;
            },
            "the backlog leaves");

        Assert.Equal(Backlog, newest);
        var arrived = _ingest.Batches.Skip(1).SkipWhile(batch => batch.Seqs[^1] == newest).SelectMany(batch => batch.Seqs).ToArray();
        Assert.Equal(Enumerable.Range(1, Backlog - BatchSize).Select(seq => (long)seq), arrived);
        Assert.Equal(Backlog, _ingest.Events.Count);
        Assert.Equal((Backlog, 0), (telemetry.Status.Sent, telemetry.Status.Dropped.Count));
    }

    [Fact]
    public async Task FlushAsync_WithABacklog_SendsAllOfItAtOnce()
    {
        Fill();
        await using var telemetry = SyncTelemetry.Create(Options());

        Assert.True(await telemetry.FlushAsync());

        Assert.Equal(Backlog, _ingest.Events.Count);
        Assert.Equal(Backlog, _ingest.Batches[0].Seqs[^1]);
    }

    [Fact]
    public void NextAt_NotABacklog_IsNoMatterOfThisPace()
    {
        var pace = new ReplayPace(BatchSize, Interval);

        Assert.False(pace.IsBacklog(BatchSize * ReplayPace.BacklogBatches));
        Assert.True(pace.IsBacklog((BatchSize * ReplayPace.BacklogBatches) + 1));
        Assert.False(pace.WantsNewest(TimeSpan.Zero, BatchSize, BatchSize, Interval));
    }

    private SyncTelemetryOptions Options()
    {
        var options = Some.Options(_ingest, _folder.FullPath, _time);
        options.BatchSize = BatchSize;
        options.ReplayInterval = Interval;
        return options;
    }

    private void Fill()
    {
        using var queue = Some.Queue(_folder.FullPath, _time);
        Assert.True(queue.Append(Some.Records(Backlog), Some.NoDrops));
    }

    private long[] LastSeqs() => [.. _ingest.Batches.Select(batch => batch.Seqs[^1])];

    private static Task SentAsync(SyncTelemetry telemetry, int events) => Eventually.TrueAsync(() => telemetry.Status.Sent == events, $"{events} events are sent");

    // The sending loop, and whoever looks for what others left.
    private Task AsleepAsync() => Eventually.TrueAsync(() => _time.PendingTimers == 2, "the loops sleep");
}
