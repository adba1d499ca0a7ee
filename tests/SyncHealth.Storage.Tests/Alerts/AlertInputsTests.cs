using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Contracts;
using SyncHealth.Storage.Alerts;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Tests.Writes;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Alerts;

/// <summary>What rules are evaluated on is the same before and after folding.</summary>
public sealed class AlertInputsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Minute = new(2026, 3, 4, 12, 30, 0, TimeSpan.Zero);
    private TestDatabase _database = null!;
    private BatchWriter _writer = null!;
    private AlertInputs _inputs = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _writer = new BatchWriter(_database.DataSource, new StorageOptions(), NullLogger<BatchWriter>.Instance);
        _inputs = new AlertInputs(_database.DataSource);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task CountAttempts_ByArrival_CountsOnlyWhatIsOnTimeAndOfTheEnvironmentAndApp()
    {
        await WriteAsync(
            Some.Event(device: 1, id: 1),
            Some.Event(device: 1, id: 2) with { Outcome = SyncOutcome.Failure, DurationMs = 61_000, ConflictCount = 2 },
            Some.Event(device: 2, id: 3) with { Outcome = SyncOutcome.Cancelled },
            Some.Event(device: 3, id: 4) with { HasDevice = false, Outcome = SyncOutcome.Partial },
            Some.Event(device: 4, id: 5) with { Type = SyncType.Open, Outcome = SyncOutcome.None, Segment = Some.Segment(type: "open") },
            Some.Event(device: 5, id: 6, secondsAgo: 15 * 60),                                            // late
            Some.Event(device: 6, id: 7) with { Segment = Some.Segment() with { Environment = "beta" } },
            Some.Event(device: 7, id: 8) with { Segment = Some.Segment() with { App = "mail" } });

        await BothAsync(async () =>
        {
            var counts = await _inputs.CountAttemptsAsync(new AttemptQuestion("notes", "production", Minute, Minute.AddMinutes(1), true), CancellationToken.None);

            Assert.Equal((4, 2, 1, 2, 2), (counts.Attempts, counts.Successes, counts.OverAMinute, counts.Conflicts, counts.Devices));
            Assert.Equal(4, counts.Durations.Count);
            Assert.InRange(counts.Durations.Percentile(0.99)!.Value, 61_000 * 0.99, 61_000 * 1.01);
        });
    }

    [Fact]
    public async Task CountAttempts_ByEventTime_CountsWhatHappenedHoweverLate()
    {
        await WriteAsync(Some.Event(device: 1, id: 1, secondsAgo: 3600), Some.Event(device: 2, id: 2, secondsAgo: 3600), Some.Event(device: 2, id: 3));

        await BothAsync(async () =>
        {
            var hourAgo = Minute.AddHours(-1);
            var counts = await _inputs.CountAttemptsAsync(new AttemptQuestion("notes", "production", hourAgo, hourAgo.AddMinutes(1), false), CancellationToken.None);
            Assert.Equal((2, 2), (counts.Attempts, counts.Devices));

            var arrived = await _inputs.CountAttemptsAsync(new AttemptQuestion("notes", "production", hourAgo, hourAgo.AddMinutes(1), true), CancellationToken.None);
            Assert.Equal((0, 0), (arrived.Attempts, arrived.Devices));
        });
    }

    [Fact]
    public async Task CountAttempts_UnknownApp_IsNothing()
    {
        var counts = await _inputs.CountAttemptsAsync(new AttemptQuestion("none", "production", Minute, Minute.AddMinutes(1), true), CancellationToken.None);

        Assert.Equal((0, 0), (counts.Attempts, counts.Devices));
        Assert.Null(counts.Durations.Percentile(0.99));
    }

    [Fact]
    public async Task CountQueues_LastReportDecides_HoweverTheReportsArrive()
    {
        await WriteAsync(Some.Event(device: 1, id: 1, secondsAgo: 10) with { QueuedItems = 5 });
        await FoldAsync();
        await WriteAsync(
            Some.Event(device: 1, id: 2, secondsAgo: 60) with { QueuedItems = 5000 },                     // older, arrives later
            Some.Event(device: 2, id: 3, secondsAgo: 10) with { QueuedItems = 1001 },
            Some.Event(device: 3, id: 4, secondsAgo: 10) with { QueuedItems = 1000 },
            Some.Event(device: 4, id: 5, secondsAgo: 7200) with { QueuedItems = 9000 },                   // outside the window
            Some.Event(device: 5, id: 6) with { QueuedItems = 9000, Segment = Some.Segment() with { App = "mail" } },
            Some.Event(device: 6, id: 7) with { QueuedItems = 9000, HasDevice = false },
            Some.Event(device: 7, id: 8) with { QueuedItems = 1200, Type = SyncType.Open, Outcome = SyncOutcome.None, Segment = Some.Segment(type: "open") });

        await BothAsync(async () => Assert.Equal(
            new QueueCounts(4, 2), await _inputs.CountQueuesAsync("notes", "production", 1000, Some.Now.AddHours(-1), CancellationToken.None)));
    }

    [Fact]
    public async Task ListApps_AfterEvents_NamesThem()
    {
        await WriteAsync(Some.Event(), Some.Event(id: 2) with { Segment = Some.Segment() with { App = "mail" } });

        Assert.Equal(["mail", "notes"], await _inputs.ListAppsAsync(CancellationToken.None));
    }

    /// <summary>Runs the assertions on unfolded and on folded rows.</summary>
    private async Task BothAsync(Func<Task> assert)
    {
        await assert();
        await FoldAsync();
        await assert();
    }

    private Task<long> FoldAsync() =>
        new FoldLoop(_database.DataSource, new StorageOptions(), new ManualTimeProvider(Some.Now), NullLogger<FoldLoop>.Instance).FoldAsync(CancellationToken.None);

    private async Task WriteAsync(params EventRow[] events) =>
        Assert.Equal(WriteStatus.Committed, (await _writer.WriteAsync(Some.Batch(events), CancellationToken.None)).Status);
}
