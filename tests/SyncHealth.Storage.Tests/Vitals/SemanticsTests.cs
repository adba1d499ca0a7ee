using Dapper;
using SyncHealth.Contracts;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Vitals;
using SyncHealth.Storage.Writes;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

/// <summary>The worked examples of <c>docs/semantics.md</c>, number by number.</summary>
public sealed class SemanticsTests : IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private VitalsStage _stage = null!;

    private DateTimeOffset Now => _stage.Now;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task SuccessRate_PartialCancelledAndHeartbeats_CountAsDefined()
    {
        var at = Now.AddMinutes(-10);
        await _stage.CommitAsync(
            new Attempt(at),
            new Attempt(at) { Retries = 2 },
            new Attempt(at) { Outcome = SyncOutcome.Partial },
            new Attempt(at) { Outcome = SyncOutcome.Failure, Error = SyncErrorKind.Offline },
            new Attempt(at) { Outcome = SyncOutcome.Failure, Error = SyncErrorKind.Timeout },
            new Attempt(at) { Outcome = SyncOutcome.Failure, Error = SyncErrorKind.Storage },
            new Attempt(at) { Outcome = SyncOutcome.Cancelled, Error = SyncErrorKind.Cancelled },
            new Attempt(at) { Outcome = SyncOutcome.Success, Device = null },
            new Attempt(at) { Type = SyncType.Open },
            new Attempt(at) { Type = SyncType.Reset });

        var point = await _stage.ReadOneAsync(_stage.Ask(Hour));

        Assert.Equal((8, 4, 1, 1), (point.Attempts, point.Successes, point.Partial, point.Cancelled));
        Assert.Equal(50, point.SuccessRate);
        Assert.Equal(37.5, point.FirstTryRate);
        Assert.Equal(new FailureSplit(Offline: 1, Server: 1, App: 2), point.Failures);
        Assert.Equal(1, point.Devices);
        Assert.Equal(21.52, point.SuccessRateLow!.Value, 2);
        Assert.Equal(78.48, point.SuccessRateHigh!.Value, 2);
    }

    [Fact]
    public async Task Duration_TwoVersions_PercentilesAreOfAllAttemptsNotOfPercentiles()
    {
        var at = Now.AddMinutes(-10);
        await _stage.CommitAsync(Enumerable.Range(1, 90).Select(i => new Attempt(at) { DurationMs = i * 10, Version = "1.0" }));
        await _stage.CommitAsync(Enumerable.Range(1, 10).Select(i => new Attempt(at) { DurationMs = i * 10_000, Version = "2.0", Outcome = SyncOutcome.Failure }));

        var all = await _stage.ReadOneAsync(_stage.Ask(Hour));
        var groups = (await _stage.ReadAsync(_stage.Ask(Hour, by: "app_version"))).Groups;

        AssertWithinOnePercent(500, all.DurationMs!.Value.P50);
        AssertWithinOnePercent(900, all.DurationMs.Value.P90);
        AssertWithinOnePercent(90_000, all.DurationMs.Value.P99);
        AssertWithinOnePercent(450, all.SuccessDurationMs!.Value.P50);
        Assert.Equal(4, all.Over60s);
        AssertWithinOnePercent(810, groups[0].Points[0].DurationMs!.Value.P90);
        AssertWithinOnePercent(90_000, groups[1].Points[0].DurationMs!.Value.P90);
        Assert.Null(groups[1].Points[0].SuccessDurationMs);
    }

    [Fact]
    public async Task ConflictRate_ManyConflictsInOneAttempt_ExceedsAHundred()
    {
        var at = Now.AddMinutes(-10);
        await _stage.CommitAsync(
            new Attempt(at),
            new Attempt(at),
            new Attempt(at)
            {
                Conflicts = 4,
                ConflictEntries =
                [
                    new ConflictEntry("note", ConflictKind.UpdateUpdate, ConflictStrategy.Lww, ConflictWinner.Remote, 2, 2),
                    new ConflictEntry("note", ConflictKind.UpdateUpdate, ConflictStrategy.Crdt, ConflictWinner.Merged, 0, 1),
                ],
            });

        var point = await _stage.ReadOneAsync(_stage.Ask(Hour));

        Assert.Equal(400.0 / 3, point.ConflictRate!.Value, 10);
        Assert.Equal(100.0 / 3, point.ConflictedShare!.Value, 10);
        Assert.Equal(new Dictionary<string, long> { ["lww"] = 2, ["crdt"] = 1, ["unknown"] = 1 }, point.Conflicts);
        Assert.Equal(2, point.DiscardedEdits);
    }

    [Fact]
    public async Task ConflictMix_WhatTheLinesLack_IsALineOfItsOwn()
    {
        var at = Now.AddMinutes(-10);
        await _stage.CommitAsync(
            new Attempt(at),
            new Attempt(at),
            new Attempt(at)
            {
                Conflicts = 4,
                ConflictEntries =
                [
                    new ConflictEntry("note", ConflictKind.UpdateUpdate, ConflictStrategy.Lww, ConflictWinner.Remote, 2, 2),
                    new ConflictEntry("note", ConflictKind.UpdateUpdate, ConflictStrategy.Crdt, ConflictWinner.Merged, 0, 1),
                ],
            });

        var answer = await new BreakdownReader(_stage.DataSource).ReadConflictsAsync(_stage.Ask(Hour), TestContext.Current.CancellationToken);

        Assert.Equal(
            [("note", "update_update", "lww", "remote", 2, 2), ("", "unknown", "unknown", "unknown", 1, 0), ("note", "update_update", "crdt", "merged", 1, 0)],
            answer!.Conflicts.Select(way => (way.Entity, way.Kind, way.Strategy, way.Winner, way.Conflicts, way.Discarded)));
    }

    [Fact]
    public async Task Errors_EveryFailure_CountsUnderWhatItNames()
    {
        var at = Now.AddMinutes(-10);
        await _stage.CommitAsync(
            new Attempt(at) { Outcome = SyncOutcome.Failure, Error = SyncErrorKind.Server, Code = "http_503" },
            new Attempt(at) { Outcome = SyncOutcome.Failure, Error = SyncErrorKind.Server, Code = "http_503" },
            new Attempt(at) { Outcome = SyncOutcome.Failure, Error = SyncErrorKind.Offline },
            new Attempt(at) { Outcome = SyncOutcome.Failure },
            new Attempt(at) { Outcome = SyncOutcome.Partial, PartialError = SyncErrorKind.Denied });

        var answer = await new BreakdownReader(_stage.DataSource).ReadErrorsAsync(_stage.Ask(Hour), TestContext.Current.CancellationToken);

        Assert.Equal([("server", "http_503", 2), ("", "", 1), ("offline", "", 1)], answer!.Errors.Select(error => (error.Kind, error.Code, error.Attempts)));
        var point = await _stage.ReadOneAsync(_stage.Ask(Hour));
        Assert.Equal(point.Attempts - point.Successes, answer.Errors.Sum(error => error.Attempts));
    }

    [Fact]
    public async Task Throughput_PushedAndTheChangeOfDepth_GiveTheInput()
    {
        await _stage.CommitAsync(new Attempt(Now.AddMinutes(-30)) { Queue = 4 });
        await _stage.SnapshotAsync();
        var before = (await _stage.ReadOneAsync(_stage.Ask(Hour))).QueueDepth!;
        _stage.Clock.Advance(TimeSpan.FromMinutes(10));
        await _stage.CommitAsync(new Attempt(Now.AddMinutes(-5)) { Queue = 6, Pushed = 3 });

        var point = await _stage.ReadOneAsync(_stage.Ask(TimeSpan.FromMinutes(10)));

        Assert.Equal(3, point.Pushed);
        Assert.Equal(5, point.Pushed + (point.QueueDepth!.Mean * point.QueueDepth.Devices) - (before.Mean * before.Devices));
    }

    [Fact]
    public async Task PromotedTag_FromTheHourItHolds_IsAnsweredFromRollups()
    {
        await _stage.PromoteAsync("cohort", Now);
        _stage.Clock.Advance(TimeSpan.FromHours(4));
        await _stage.CommitAsync(
            new Attempt(Now.AddHours(-3)) { Cohort = "stable" },
            new Attempt(Now.AddHours(-2)) { Cohort = "beta" },
            new Attempt(Now.AddHours(-2)) { Cohort = "stable" });
        await _stage.FoldAsync();

        Assert.Equal("event", await SourceAsync(new DateTimeOffset(2026, 3, 4, 15, 0, 0, TimeSpan.Zero)));
        Assert.Equal("fine_day", await SourceAsync(new DateTimeOffset(2026, 3, 4, 16, 0, 0, TimeSpan.Zero)));
        foreach (var hour in (int[])[15, 16])
        {
            var answer = await _stage.ReadAsync(_stage.Ask(Hour, by: "tag:cohort") with { From = new DateTimeOffset(2026, 3, 4, hour, 0, 0, TimeSpan.Zero) });
            Assert.Equal([("beta", 1), ("stable", hour == 15 ? 2 : 1)], answer.Groups.Select(group => (group.By["tag:cohort"], group.Points[0].Attempts)));
        }
    }

    [Fact]
    public async Task Devices_SeenInSeveralHoursAndVersions_CountOncePerRow()
    {
        await _stage.CommitAsync(
            new Attempt(Now.AddHours(-5)) { Device = 7, Version = "1.0" },
            new Attempt(Now.AddHours(-2)) { Device = 7, Version = "2.0" },
            new Attempt(Now.AddHours(-2)) { Device = 8, Version = "2.0" },
            new Attempt(Now.AddMinutes(-1)) { Device = 8, Version = "2.0" },
            new Attempt(Now.AddMinutes(-1)) { Device = null, Version = "2.0" },
            new Attempt(Now.AddMinutes(-1)) { Device = 9, Version = "2.0", Type = SyncType.Open });

        Assert.Equal(2, (await _stage.ReadOneAsync(_stage.Ask(TimeSpan.FromHours(6)))).Devices);
        var groups = (await _stage.ReadAsync(_stage.Ask(TimeSpan.FromHours(6), by: "app_version"))).Groups;
        Assert.Equal([1, 2], groups.Select(group => group.Points[0].Devices));
    }

    [Fact]
    public async Task Devices_MoreThanAThousandInARow_AreEstimated()
    {
        var random = new Random(2026);
        var keys = Enumerable.Range(0, 2_000).Select(_ => random.NextInt64(long.MinValue, long.MaxValue)).ToList();
        await _stage.CommitAsync(keys.Select(key => new Attempt(Now.AddHours(-5)) { Device = key, Version = "1.0" }));
        await _stage.CommitAsync(keys.Take(500).Select(key => new Attempt(Now.AddHours(-1)) { Device = key, Version = "2.0" }));
        await _stage.FoldAsync();
        await _stage.MaintainAsync();

        var all = (await _stage.ReadOneAsync(_stage.Ask(TimeSpan.FromHours(6)))).Devices!.Value;
        var groups = (await _stage.ReadAsync(_stage.Ask(TimeSpan.FromHours(6), by: "app_version"))).Groups;

        Assert.InRange(all, 2_000 * 0.95, 2_000 * 1.05);
        Assert.Equal([all, 500], groups.Select(group => group.Points[0].Devices));
    }

    [Fact]
    public async Task Adoption_UpdatingDevices_CountInBothReleasesOfTheDay()
    {
        var noon = new DateTimeOffset(Now.UtcDateTime.Date, TimeSpan.Zero).AddHours(-12);
        await _stage.CommitAsync(Enumerable.Range(1, 4).Select(device => new Attempt(noon) { Device = device, Version = "1.0" }));
        await _stage.CommitAsync(new Attempt(noon.AddHours(1)) { Device = 4, Version = "2.0" }, new Attempt(Now) { Device = 4, Version = "2.0" });

        var days = await _stage.Releases.AdoptionAsync("notes", noon, Now, [], TestContext.Current.CancellationToken);

        Assert.Equal([("1.0", 4, 4), ("2.0", 1, 4), ("2.0", 1, 1)], days.Select(day => (day.AppVersion, (int)day.Devices, (int)day.DevicesOnAny)));
    }

    [Fact]
    public async Task Gaps_NumbersThatNoEventCarries_AreMissing()
    {
        await _stage.CommitAsync(new[] { 1, 2, 6, 5, 5 }.Select(seq => new Attempt(Now.AddHours(-7 + seq)) { Device = 1, Seq = seq, Id = seq }));
        await _stage.CommitAsync(new Attempt(Now.AddHours(-1)) { Device = 2, Seq = 40 }, new Attempt(Now.AddHours(-1)) { Device = 3 });

        var gaps = await _stage.Gaps.ReadAsync("notes", Now, [], TestContext.Current.CancellationToken);

        Assert.Equal(new TelemetryGaps { Devices = 2, DevicesWithGaps = 1, Issued = 7, Received = 5, Missing = 2 }, gaps);
    }

    [Fact]
    public async Task OldestPending_Distribution_IsOfTheDevicesWithSomethingPending()
    {
        await _stage.CommitAsync(
            new Attempt(Now.AddDays(-8)) { Device = 1, Queue = 3, OldestPending = Hour },
            new Attempt(Now.AddHours(-2)) { Device = 2, Queue = 3, OldestPending = TimeSpan.FromHours(12) },
            new Attempt(Now.AddHours(-1)) { Device = 3, Queue = 1, OldestPending = TimeSpan.FromMinutes(1) },
            new Attempt(Now.AddHours(-1)) { Device = 4, Queue = 0 });

        var answer = await _stage.Reader.ReadDistributionAsync(DistributionMetric.OldestPending, _stage.Ask(Hour), TestContext.Current.CancellationToken);

        var group = Assert.Single(answer!.Groups);
        Assert.Equal([new(3_600, 7_200, 1), new DistributionBucket(43_200, 86_400, 1)], group.Buckets);
        Assert.Equal((3L, 1L), (group.Devices, group.Gone));
    }

    [Fact]
    public async Task QueueDepth_LastReportOfEachActiveDevice_OpenEventsIncluded()
    {
        await _stage.CommitAsync(
            new Attempt(Now.AddDays(-8)) { Device = 1, Queue = 9_999, Received = Now.AddDays(-8) },
            new Attempt(Now.AddHours(-3)) { Device = 2, Queue = 50 },
            new Attempt(Now.AddHours(-1)) { Device = 2, Queue = 0 },
            new Attempt(Now.AddHours(-30)) { Device = 3, Queue = 4, OldestPending = Hour },
            new Attempt(Now.AddHours(-1)) { Device = 4, Queue = 1_000, Type = SyncType.Open },
            new Attempt(Now.AddHours(-1)) { Device = 5, Queue = 1_001 });

        var depth = (await _stage.ReadOneAsync(_stage.Ask(Hour))).QueueDepth!;

        Assert.Equal(new QueueDepth(Devices: 4, Mean: (0 + 4 + 1_000 + 1_001) / 4.0, P99: 1_001, DevicesOver: 1, OldestPendingSeconds: 31 * 3600), depth);
    }

    [Fact]
    public async Task Staleness_SilentAndNeverSyncedDevices_KeepAgeing()
    {
        await _stage.CommitAsync(
            new Attempt(Now.AddDays(-9)) { Device = 1 },
            new Attempt(Now.AddMinutes(-10)) { Device = 2 },
            new Attempt(Now.AddHours(-6)) { Device = 3 },
            new Attempt(Now.AddHours(-1)) { Device = 3, Outcome = SyncOutcome.Failure },
            new Attempt(Now.AddDays(-6)) { Device = 4, Outcome = SyncOutcome.Failure },
            new Attempt(Now.AddHours(-2)) { Device = 4, Outcome = SyncOutcome.Failure },
            new Attempt(Now.AddMinutes(-5)) { Device = 5, Type = SyncType.Open, LastSuccessAt = Now.AddHours(-3) });

        var staleness = (await _stage.ReadOneAsync(_stage.Ask(Hour))).StalenessSeconds!;

        AssertWithinOnePercent(3 * 3600, staleness.P50);
        AssertWithinOnePercent(6 * 86_400, staleness.P90);
        AssertWithinOnePercent(6 * 86_400, staleness.P99);
        Assert.Equal(1, staleness.Gone);
    }

    [Fact]
    public async Task Completeness_LearnedLag_SaysWhatShareHasArrived()
    {
        // 80 within a minute, 20 within a quarter of an hour.
        await _stage.CommitAsync(Enumerable.Range(0, 80).Select(_ => new Attempt(Now.AddHours(-5)) { Received = Now.AddHours(-5).AddSeconds(30) }));
        await _stage.CommitAsync(Enumerable.Range(0, 20).Select(_ => new Attempt(Now.AddHours(-5)) { Received = Now.AddHours(-5).AddMinutes(10) }));
        Assert.Null((await _stage.ReadOneAsync(_stage.Ask(Hour))).Completeness);
        await _stage.SnapshotAsync();

        var lastMinute = _stage.Ask(Hour) with { From = Now.AddSeconds(-60 - 20), To = Now.AddSeconds(-20) };
        var longAgo = _stage.Ask(Hour) with { From = Now.AddHours(-2), To = Now.AddHours(-1) };

        // The minute 14:36 is 20 to 80 s old at 14:37:20: the mean of the curve through (0, 0), (60 s, 0.8), (900 s, 1) over it.
        var curve = (((0.8 * 20 / 60) + 0.8) / 2 * 40) + ((0.8 + 0.8 + (0.2 * 20 / 840)) / 2 * 20);
        Assert.Equal(curve / 60, (await _stage.ReadOneAsync(lastMinute)).Completeness!.Value, 6);
        Assert.Equal(1, (await _stage.ReadOneAsync(longAgo)).Completeness);
    }

    [Fact]
    public async Task Completeness_ASlowHourOfTheWeek_IsJudgedByItself()
    {
        // A week ago: a thousand attempts of 9 o'clock within a minute, a thousand of 14 o'clock within a quarter of an hour.
        var lastWeek = Now.AddDays(-7);
        await _stage.CommitAsync(Enumerable.Range(0, 1_000).Select(_ => new Attempt(lastWeek.AddHours(-5)) { Received = lastWeek.AddHours(-5).AddSeconds(30) }));
        await _stage.CommitAsync(Enumerable.Range(0, 1_000).Select(_ => new Attempt(lastWeek) { Received = lastWeek.AddMinutes(10) }));
        await _stage.FoldAsync();
        await _stage.SnapshotAsync();

        var lastMinute = await _stage.ReadOneAsync(_stage.Ask(Hour) with { From = Now.AddSeconds(-60 - 20), To = Now.AddSeconds(-20) });

        // A hundred borrowed from the mean, half of which came within a minute: (0, 0), (60 s, 50 / 1100), (900 s, 1).
        const double Soon = 50.0 / 1_100;
        var curve = (((Soon * 20 / 60) + Soon) / 2 * 40) + ((Soon + Soon + ((1 - Soon) * 20 / 840)) / 2 * 20);
        Assert.Equal(curve / 60, lastMinute.Completeness!.Value, 6);
    }

    [Fact]
    public async Task Clocks_ALateEvent_CountsWhenItHappenedOrWhenItArrived()
    {
        await _stage.CommitAsync(new Attempt(Now.AddHours(-10)) { Received = Now.AddMinutes(-3) });

        var lastHour = _stage.Ask(Hour);
        Assert.Equal(0, (await _stage.ReadOneAsync(lastHour)).Attempts);
        Assert.Equal(1, (await _stage.ReadOneAsync(lastHour with { Clock = VitalsClock.Arrival })).Attempts);
        Assert.Equal(1, (await _stage.ReadOneAsync(_stage.Ask(TimeSpan.FromHours(11)))).Attempts);
    }

    private async Task<string> SourceAsync(DateTimeOffset from)
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return (await connection.ExecuteScalarAsync<string>(
            "select source from synchealth.counted_range('notes', @from, @now, null, 'UTC', 'event', '{tag:cohort}', '{}', @now)",
            new { from = from.UtcDateTime, now = Now.UtcDateTime }))!;
    }

    private static void AssertWithinOnePercent(double expected, double actual) => Assert.InRange(actual, expected * 0.99, expected * 1.01);
}
