using SyncHealth.Client.Sending;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;
using SyncHealth.Testing.Faults;

namespace SyncHealth.Client.Tests.Sending;

/// <summary>A9: what gathered during an outage leaves by itself when it is over, from its very beginning.</summary>
public sealed class OutageTests : IDisposable
{
    private const int MinEventsPerSecond = 1000;

    private readonly FakeIngest _ingest = new();
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _ingest.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(4 * 24 * 60)]
    public async Task Outage_Over_EveryMinuteOfItArrivesUnasked(int minutes)
    {
        const int Steps = 60;
        var time = Some.Clock();
        _ingest.Respond = _ => throw new HttpRequestException("offline");
        await using var telemetry = SyncTelemetry.Create(Some.Options(_ingest, _folder.FullPath, time));
        var recorded = new List<string>();
        for (var step = 0; step < Steps; step++)
        {
            recorded.Add(time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss", null));
            telemetry.StartSync(SyncType.Delta).Succeed();
            Assert.True(await telemetry.FlushToDiskAsync());
            time.Advance(TimeSpan.FromMinutes(minutes) / Steps);
        }

        _ingest.Respond = _ => null;
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(RetrySchedule.Cap / 10);
                return telemetry.Status.Sent == Steps;
            },
            "the backlog leaves");

        Assert.Equal(recorded, _ingest.Events.Values.OrderBy(e => e.GetProperty("seq").GetInt64()).Select(e => e.GetProperty("timestamp").GetDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss", null)));
        Assert.Empty(telemetry.Status.Dropped);
    }

    [Fact]
    public async Task Backlog_OfAHundredThousand_IsDrainedAtAThousandASecond()
    {
        var goal = new Goal("A9");
        var events = FaultScale.Of(test: 5_000, faults: 100_000, deep: 100_000);
        const long Room = 100L * 1024 * 1024;
        using (var queue = Some.Queue(_folder.FullPath, TimeProvider.System, Some.Limits(Room)))
            for (var stored = 0; stored < events; stored += 1000)
                Assert.True(queue.Append([.. Enumerable.Range(0, 1000).Select(_ => Some.Record(TimeProvider.System.GetUtcNow()))], Some.NoDrops));
        var options = Some.Options(_ingest, _folder.FullPath);
        options.MaxQueueBytes = Room;
        await using var telemetry = SyncTelemetry.Create(options);
        var start = TimeProvider.System.GetTimestamp();

        Assert.True(await telemetry.FlushAsync());

        var rate = events / TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        // The newest batch, for the vitals of now; then everything from the very beginning.
        var newest = options.BatchSize;
        Assert.Equal(Enumerable.Range(events - newest + 1, newest).Concat(Enumerable.Range(1, events - newest)).Select(seq => (long)seq), _ingest.Batches.SelectMany(batch => batch.Seqs));
        if (FaultScale.HoldsFigures)
            Assert.InRange(rate, MinEventsPerSecond, double.MaxValue);
        goal.Reached($"{events} queued events drained at {rate:0} ev/s, the newest batch first, then from the first on");
    }
}
