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
            Some.Event(device: 1, id: 1) with { Retries = 1 },
            Some.Event(device: 1, id: 2) with { Outcome = SyncOutcome.Failure, DurationMs = 61_000, ConflictCount = 2 },
            Some.Event(device: 2, id: 3) with { Outcome = SyncOutcome.Cancelled },
            Some.Event(device: 3, id: 4) with { HasDevice = false, Outcome = SyncOutcome.Partial },
            Some.Event(device: 4, id: 5) with { Type = SyncType.Open, Outcome = SyncOutcome.None, Segment = Some.Segment(type: "open") },
            Some.Event(device: 5, id: 6, secondsAgo: 15 * 60),                                            // late
            Some.Event(device: 6, id: 7) with { Segment = Some.Segment() with { Environment = "beta" } },
            Some.Event(device: 7, id: 8) with { Segment = Some.Segment() with { App = "mail" } });

        await BothAsync(Minute, async question =>
        {
            var counts = Assert.Single(await _inputs.CountAttemptsAsync(question, CancellationToken.None));

            Assert.Equal((4, 2, 1, 1, 2, 1, 2), (counts.Attempts, counts.Successes, counts.FirstTry, counts.OverAMinute, counts.Conflicts, counts.Conflicted, counts.Devices));
            Assert.Equal(4, counts.Durations.Count);
            Assert.InRange(counts.Durations.Percentile(0.99)!.Value, 61_000 * 0.99, 61_000 * 1.01);

            var late = Assert.Single(await _inputs.CountAttemptsAsync(question with { Clock = AttemptClock.Late }, CancellationToken.None));
            Assert.Equal((1, 1), (late.Attempts, late.Devices));
        });
    }

    [Fact]
    public async Task CountAttempts_ByEventTime_CountsWhatHappenedHoweverLate()
    {
        await WriteAsync(Some.Event(device: 1, id: 1, secondsAgo: 3600), Some.Event(device: 2, id: 2, secondsAgo: 3600), Some.Event(device: 2, id: 3));

        await BothAsync(Minute.AddHours(-1), async question =>
        {
            var counts = Assert.Single(await _inputs.CountAttemptsAsync(question with { Clock = AttemptClock.Event }, CancellationToken.None));
            Assert.Equal((2, 2), (counts.Attempts, counts.Devices));
            Assert.Empty(await _inputs.CountAttemptsAsync(question, CancellationToken.None));
        });
    }

    [Fact]
    public async Task CountAttempts_ByDimensions_CountsEachSegmentOnce()
    {
        await WriteAsync(
            Some.Event(device: 1, id: 1), Some.Event(device: 1, id: 2) with { Segment = Some.Segment() with { Os = "ios" } },
            Some.Event(device: 2, id: 3) with { Segment = Some.Segment() with { Os = "ios", Network = "cellular" } });

        await BothAsync(Minute, async question =>
        {
            var bySystem = (await _inputs.CountAttemptsAsync(question with { By = ["os"] }, CancellationToken.None)).ToDictionary(count => count.Group.Single(), count => (count.Attempts, count.Devices));
            Assert.Equal((2, 2), bySystem["ios"]);
            Assert.Equal((1, 1), bySystem[Some.Segment().Os]);

            var filtered = await _inputs.CountAttemptsAsync(question with { By = ["type", "network"], Filters = [.. question.Filters, "os:ios"] }, CancellationToken.None);
            Assert.Equal(2, filtered.Count);
            Assert.All(filtered, count => Assert.Equal(1, count.Attempts));
        });
    }

    [Fact]
    public async Task CountAttempts_IgnoredErrors_AreLeftOutWhole()
    {
        await WriteAsync(
            Some.Event(device: 1, id: 1),
            Some.Event(device: 2, id: 2) with { Outcome = SyncOutcome.Failure, ErrorKind = SyncErrorKind.Offline },
            Some.Event(device: 3, id: 3) with { Outcome = SyncOutcome.Failure, ErrorKind = SyncErrorKind.Server },
            Some.Event(device: 4, id: 4) with { Outcome = SyncOutcome.Cancelled });

        await BothAsync(Minute, async question =>
        {
            var counts = Assert.Single(await _inputs.CountAttemptsAsync(question with { IgnoredErrors = ["offline", "cancelled"] }, CancellationToken.None));
            Assert.Equal((2, 1, 2), (counts.Attempts, counts.Successes, counts.Devices));
        });
    }

    [Fact]
    public async Task CountErrors_KindsAndCodes_AreCountedApart()
    {
        await WriteAsync(
            Some.Event(device: 1, id: 1),
            Some.Event(device: 2, id: 2) with { Outcome = SyncOutcome.Failure, ErrorKind = SyncErrorKind.Offline },
            Some.Event(device: 3, id: 3) with { Outcome = SyncOutcome.Failure, ErrorKind = SyncErrorKind.Server, ErrorCode = "http_503" },
            Some.Event(device: 3, id: 4) with { Outcome = SyncOutcome.Failure, ErrorKind = SyncErrorKind.Server, ErrorCode = "http_503" },
            Some.Event(device: 3, id: 5) with { Outcome = SyncOutcome.Failure, ErrorKind = SyncErrorKind.Server, ErrorCode = "http_500" },
            Some.Event(device: 4, id: 6) with { Outcome = SyncOutcome.Cancelled },
            Some.Event(device: 5, id: 7) with { Outcome = SyncOutcome.Failure },
            Some.Event(device: 6, id: 8) with { Outcome = SyncOutcome.Failure, Segment = Some.Segment() with { App = "mail" } });

        await BothAsync(Minute, async question =>
        {
            var errors = await _inputs.CountErrorsAsync(question with { IgnoredErrors = ["offline"] }, CancellationToken.None);
            Assert.Equal(
                [new ErrorCount("", "", 1), new ErrorCount("cancelled", "", 1), new ErrorCount("server", "http_500", 1), new ErrorCount("server", "http_503", 2)],
                errors.OrderBy(error => error.Kind, StringComparer.Ordinal).ThenBy(error => error.Code, StringComparer.Ordinal));
        });
    }

    /// <summary>However often a device meets it; a device without an id is none.</summary>
    [Theory]
    [InlineData(BadAttempt.Failed, 2)]
    [InlineData(BadAttempt.NotFirstTry, 3)]
    [InlineData(BadAttempt.Conflicted, 1)]
    [InlineData(BadAttempt.Slow, 1)]
    public async Task CountAffectedDevices_EachKindOfBad_CountsADeviceOnce(BadAttempt bad, long devices)
    {
        await WriteAsync(
            Some.Event(device: 1, id: 1) with { Outcome = SyncOutcome.Failure, DurationMs = 500 },
            Some.Event(device: 1, id: 2) with { Outcome = SyncOutcome.Failure, DurationMs = 500 },
            Some.Event(device: 2, id: 3) with { Outcome = SyncOutcome.Cancelled, DurationMs = 500 },
            Some.Event(device: 3, id: 4) with { Retries = 2, DurationMs = 1_000 },
            Some.Event(device: 4, id: 5) with { ConflictCount = 1, DurationMs = 1_001 },
            Some.Event(device: 5, id: 6) with { HasDevice = false, Outcome = SyncOutcome.Failure },
            Some.Event(device: 6, id: 7, secondsAgo: 15 * 60) with { Outcome = SyncOutcome.Failure },                    // late
            Some.Event(device: 7, id: 8) with { Outcome = SyncOutcome.Failure, Segment = Some.Segment() with { App = "mail" } });

        await BothAsync(Minute, async question =>
            Assert.Equal(devices, await _inputs.CountAffectedDevicesAsync(question, bad, slowerThanMs: 1_000, CancellationToken.None)));
    }

    /// <summary>A window older than the minutes kept is answered from raw events, with the same counts.</summary>
    [Fact]
    public async Task CountAttempts_AskedDaysLater_IsTheSame()
    {
        await WriteAsync(Some.Event(device: 1, id: 1), Some.Event(device: 2, id: 2) with { Outcome = SyncOutcome.Failure });

        await BothAsync(Minute, async question =>
        {
            var soon = Assert.Single(await _inputs.CountAttemptsAsync(question, CancellationToken.None));
            var later = Assert.Single(await _inputs.CountAttemptsAsync(question with { Now = question.Now.AddDays(7) }, CancellationToken.None));
            Assert.Equal((soon.Attempts, soon.Successes, soon.Devices, soon.Durations.Count), (later.Attempts, later.Successes, later.Devices, later.Durations.Count));
        });
    }

    [Fact]
    public async Task CountAttempts_UnknownApp_IsNothing() =>
        Assert.Empty(await _inputs.CountAttemptsAsync(Question(Minute) with { App = "none" }, CancellationToken.None));

    [Fact]
    public async Task CountDevices_LastReportDecides_HoweverTheReportsArrive()
    {
        await WriteAsync(Some.Event(device: 1, id: 1, secondsAgo: 10) with { QueuedItems = 5 });
        await FoldAsync();
        await WriteAsync(
            Some.Event(device: 1, id: 2, secondsAgo: 60) with { QueuedItems = 5000 },                     // older, arrives later
            Some.Event(device: 2, id: 3, secondsAgo: 10) with { QueuedItems = 1001, Outcome = SyncOutcome.Failure },
            Some.Event(device: 3, id: 4, secondsAgo: 10) with { QueuedItems = 1000 },
            Some.Event(device: 4, id: 5, secondsAgo: 7200) with { QueuedItems = 9000 },                   // outside the window
            Some.Event(device: 5, id: 6) with { QueuedItems = 9000, Segment = Some.Segment() with { App = "mail" } },
            Some.Event(device: 6, id: 7) with { QueuedItems = 9000, HasDevice = false },
            Some.Event(device: 7, id: 8, secondsAgo: 1800) with { QueuedItems = 1200, Type = SyncType.Open, Outcome = SyncOutcome.None, Segment = Some.Segment(type: "open") });

        var question = new DeviceQuestion
        {
            App = "notes", Since = Some.Now.AddHours(-1), Filters = ["environment:production"], DepthOver = 1000,
            StaleBefore = Some.Now.AddMinutes(-20), SilentBefore = Some.Now.AddMinutes(-20),
        };
        await BothAsync(Minute, async _ =>
        {
            var counts = Assert.Single(await _inputs.CountDevicesAsync(question, CancellationToken.None));
            Assert.Equal((4, 2, 1, 1), (counts.Devices, counts.Deep, counts.Stale, counts.Silent));
        });
        var byType = await _inputs.CountDevicesAsync(question with { By = ["os"], Filters = ["os:none"] }, CancellationToken.None);
        Assert.Empty(byType);
    }

    [Fact]
    public async Task ListLateWindows_NamesThoseThatEndedBeforeTheirEventsCame()
    {
        await WriteAsync(Some.Event(device: 1, id: 1, secondsAgo: 5), Some.Event(device: 2, id: 2, secondsAgo: 7200), Some.Event(device: 3, id: 3, secondsAgo: 7260));

        var windows = await _inputs.ListLateWindowsAsync("notes", TimeSpan.FromMinutes(15), Some.Now.AddHours(-1), Some.Now.AddMinutes(1), CancellationToken.None);
        Assert.Equal([new DateTimeOffset(2026, 3, 4, 10, 15, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 4, 10, 30, 0, TimeSpan.Zero)], windows.Select(window => window.ToUniversalTime()));
        Assert.Empty(await _inputs.ListLateWindowsAsync("notes", TimeSpan.FromMinutes(15), Some.Now.AddHours(1), Some.Now.AddHours(2), CancellationToken.None));
    }

    [Fact]
    public async Task HasArrivals_AsksOfAnyApp()
    {
        await WriteAsync(Some.Event(device: 1, id: 1) with { Segment = Some.Segment() with { App = "mail" } });

        Assert.True(await _inputs.HasArrivalsAsync(Some.Now.AddMinutes(-1), Some.Now.AddMinutes(1), CancellationToken.None));
        Assert.False(await _inputs.HasArrivalsAsync(Some.Now.AddMinutes(1), Some.Now.AddMinutes(2), CancellationToken.None));
    }

    [Theory]
    [InlineData(90, 10, 0, 0, 1)]                         // nine tenths within a minute
    [InlineData(80, 10, 10, 0, 15)]
    [InlineData(50, 20, 10, 20, 24 * 60)]                 // the last class has no end: a day at most
    [InlineData(0, 0, 0, 0, 0)]                           // nothing learned
    public async Task Lateness_IsWhereNineTenthsHaveArrived(int minute, int quarter, int hour, int week, int minutes)
    {
        await WriteAsync(Some.Event());
        await using var command = _database.DataSource.CreateCommand(FormattableString.Invariant(
            $"insert into synchealth.lag_learned (app_id, week_hour, lag_class, attempts) select app_id, 0, k, n from synchealth.app, (values (0, {minute}), (1, {quarter}), (2, {hour}), (6, {week})) x(k, n)"));
        await command.ExecuteNonQueryAsync();

        Assert.Equal(TimeSpan.FromMinutes(minutes), await _inputs.LatenessAsync("notes", CancellationToken.None));
    }

    [Fact]
    public async Task ListApps_AfterEvents_NamesThem()
    {
        await WriteAsync(Some.Event(), Some.Event(id: 2) with { Segment = Some.Segment() with { App = "mail" } });

        Assert.Equal(["mail", "notes"], await _inputs.ListAppsAsync(CancellationToken.None));
    }

    private static AttemptQuestion Question(DateTimeOffset from) =>
        new() { App = "notes", From = from, To = from.AddMinutes(1), Filters = ["environment:production"], Now = Some.Now };

    /// <summary>Runs the assertions on unfolded and on folded rows, with a question about the minute from <paramref name="from"/>.</summary>
    private async Task BothAsync(DateTimeOffset from, Func<AttemptQuestion, Task> assert)
    {
        await assert(Question(from));
        await FoldAsync();
        await assert(Question(from));
    }

    private Task<long> FoldAsync() =>
        new FoldLoop(_database.DataSource, new StorageOptions(), new ManualTimeProvider(Some.Now), NullLogger<FoldLoop>.Instance).FoldAsync(CancellationToken.None);

    private async Task WriteAsync(params EventRow[] events) =>
        Assert.Equal(WriteStatus.Committed, (await _writer.WriteAsync(Some.Batch(events), CancellationToken.None)).Status);
}
