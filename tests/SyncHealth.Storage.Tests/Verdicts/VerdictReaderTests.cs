using System.Text.Json;
using SyncHealth.Contracts;
using SyncHealth.Statistics.Verdicts;
using SyncHealth.Storage.Tests.Vitals;
using SyncHealth.Storage.Verdicts;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Verdicts;

public sealed class VerdictReaderTests : IAsyncLifetime
{
    private VitalsStage _stage = null!;

    private DateTimeOffset Now => _stage.Now;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_AReleaseThatFailsOnCellular_IsWorseThere(bool folded)
    {
        await _stage.CommitAsync(BadOnCellular());
        if (folded)
            await _stage.FoldAsync();

        var answer = await AskAsync("2.5.0");

        Assert.Equal((Verdict.Worse, "2.5.0", "2.4.1"), (answer.Verdict.Verdict, answer.Verdict.Release, answer.Verdict.Baseline));
        var worse = Assert.Single(answer.Verdict.WorseSegments);
        Assert.Equal(new Stratum("android", "cellular"), worse.Stratum);
        Assert.Equal((60, 120), (answer.Verdict.Metrics[0].Release.Devices, answer.Verdict.Metrics[0].Release.Attempts));
        Assert.Equal((60, 60), (answer.Verdict.Metrics[0].Release.Events, worse.Metrics[0].Release.Others));
    }

    [Fact]
    public async Task Read_TheBaseline_IsTheOtherReleaseWithTheMostActiveDevicesInTheSameDays()
    {
        // 2.3.0 had more devices once; in the days of 2.5.0 it has one.
        await _stage.CommitAsync(Enumerable.Range(1, 80).Select(device => new Attempt(Now.AddDays(-9)) { Device = device, Version = "2.3.0" }));
        await _stage.CommitAsync(BadOnCellular());
        await _stage.CommitAsync(new Attempt(Now) { Device = 1, Version = "2.3.0" });

        var chosen = await AskAsync("2.5.0");
        var named = await AskAsync("2.5.0", "2.3.0");

        Assert.Equal(("2.4.1", 60L), (chosen.Verdict.Baseline, chosen.Verdict.Metrics[0].Baseline.Devices));
        Assert.Equal(("2.3.0", 1L, Verdict.Insufficient), (named.Verdict.Baseline, named.Verdict.Metrics[0].Baseline.Devices, named.Verdict.Verdict));
    }

    [Fact]
    public async Task Read_ATestersPhoneWeeksAhead_IsNoRollout()
    {
        await _stage.CommitAsync(new Attempt(Now.AddDays(-20)) { Device = 999, Version = "2.5.0" });
        await _stage.CommitAsync(BadOnCellular());

        Assert.Equal(Day(1), (await AskAsync("2.5.0")).From);
    }

    [Fact]
    public async Task Read_OfAnOldRelease_LooksBackAMonthAtMost()
    {
        await _stage.CommitAsync(new Attempt(Now.AddDays(-29)) { Device = 1, Version = "1.0" }, new Attempt(Now.AddDays(-35)) { Device = 2, Version = "1.0" }, new Attempt(Now) { Device = 3 });

        var answer = await AskAsync("1.0");

        Assert.Equal((Day(29), 30, 1L), (answer.From, answer.Days, answer.Verdict.Metrics[0].Release.Devices));
        Assert.Equal(Now, answer.Verdict.Watermark);
    }

    [Fact]
    public async Task Read_OnlyOneRelease_HasNothingToBeHeldAgainst()
    {
        await _stage.CommitAsync(new Attempt(Now) { Device = 1, Version = "1.0" }, new Attempt(Now) { Device = 2, Version = "" });

        var answer = await AskAsync("1.0");

        Assert.Equal((Verdict.Insufficient, "", 0L), (answer.Verdict.Verdict, answer.Verdict.Baseline, answer.Verdict.Metrics[0].Baseline.Devices));
        Assert.Equal("There is no other release to hold 1.0 against.", VerdictSentence.Of(answer.Verdict));
    }

    [Fact]
    public async Task Read_WhatWasNeverSeen_NamesWhatWas()
    {
        await _stage.CommitAsync(new Attempt(Now) { Version = "2.10.0" }, new Attempt(Now) { Version = "2.9.0" });

        var unknown = await _stage.Verdicts.ReadAsync(new VerdictQuestion("notes", "3.0", ReleaseKind.Version, Now), TestContext.Current.CancellationToken);
        var baseline = await _stage.Verdicts.ReadAsync(new VerdictQuestion("notes", "2.9.0", ReleaseKind.Version, Now) { Baseline = "3.0" }, TestContext.Current.CancellationToken);

        Assert.Null(unknown!.Answer);
        Assert.Equal(["2.9.0", "2.10.0"], unknown.Known);
        Assert.Null(baseline!.Answer);
        Assert.Null(await _stage.Verdicts.ReadAsync(new VerdictQuestion("mail", "3.0", ReleaseKind.Version, Now), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Read_AReleaseAgainstItself_IsRefused() =>
        Assert.Contains("cannot be the release itself", (await Assert.ThrowsAsync<VitalsQueryException>(() => AskAsync("1.0", "1.0"))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Read_Builds_AreOneVersionOrTwo()
    {
        await _stage.CommitAsync(
            new Attempt(Now) { Device = 1, Version = "2.5.0+101" }, new Attempt(Now) { Device = 2, Version = "2.5.0+102" }, new Attempt(Now) { Device = 3, Version = "2.5.0" }, new Attempt(Now) { Device = 4, Version = "2.4.1" });

        var version = await AskAsync("2.5.0");
        var build = await AskAsync("2.5.0+102", "2.5.0+101", ReleaseKind.Build);

        Assert.Equal((3L, 1L), (version.Verdict.Metrics[0].Release.Devices, version.Verdict.Metrics[0].Baseline.Devices));
        Assert.Equal((1L, 1L), (build.Verdict.Metrics[0].Release.Devices, build.Verdict.Metrics[0].Baseline.Devices));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_APromotedTag_IsComparedInsideOneVersion(bool folded)
    {
        await _stage.PromoteAsync("cohort", Now.AddDays(-3));
        await _stage.CommitAsync(
            from device in Enumerable.Range(1, 120)
            let flagged = device % 2 == 0
            from version in new[] { "2.4.1", "2.5.0" }
            select new Attempt(Now.AddHours(-1)) { Device = device, Version = version, Cohort = flagged ? "on" : "off", Outcome = flagged && version == "2.5.0" ? SyncOutcome.Failure : SyncOutcome.Success });
        if (folded)
            await _stage.FoldAsync();

        var answer = await AskAsync("on", null, ReleaseKind.Tag);

        Assert.Equal((Verdict.Worse, "off"), (answer.Verdict.Verdict, answer.Verdict.Baseline));
        Assert.Equal(new Stratum("android", "wifi", "2.5.0"), Assert.Single(answer.Verdict.WorseSegments).Stratum);
        Assert.Equal((60L, 120L, 60L), (answer.Verdict.Metrics[0].Release.Devices, answer.Verdict.Metrics[0].Release.Attempts, answer.Verdict.Metrics[0].Release.Events));
    }

    [Fact]
    public async Task Read_Slow_IsWhatIsSlowerThanTheBaselinesFrozenP99()
    {
        await _stage.CommitAsync(
            from device in Enumerable.Range(1, 200)
            let released = device > 100
            select new Attempt(Now) { Device = device, Version = released ? "2.5.0" : "2.4.1", DurationMs = released && device % 4 == 0 ? 5000 : 400 });

        var answer = await AskAsync("2.5.0");

        var slow = answer.Verdict.Metrics.Single(metric => metric.Metric == VerdictMetric.SlowShare);
        Assert.InRange(answer.SlowOverMs, 400, 408);
        Assert.Equal((25L, 0L, Verdict.Worse), (slow.Release.Events, slow.Baseline.Events, slow.Verdict));
    }

    [Fact]
    public async Task Read_DevicesThatTookItAndFellSilent_AreAMetricOfTheirOwn()
    {
        // Every device was heard of two days ago; whoever stayed on 2.4.1 still is.
        await _stage.CommitAsync(
            from device in Enumerable.Range(1, 200)
            let released = device > 100
            from back in released ? new[] { 50 } : [50, 1]
            select new Attempt(Now.AddHours(-back)) { Device = device, Version = released ? "2.5.0" : "2.4.1", Id = (device * 100) + back });
        await _stage.CommitAsync(new Attempt(Now.AddDays(-9)) { Device = 1 });

        var coverage = (await AskAsync("2.5.0")).Verdict.Coverage;
        var older = (await AskAsync("2.4.1")).Verdict.Coverage;

        Assert.Equal(new Coverage(100, 100, 100, 0), coverage);
        Assert.Null(older);
    }

    /// <summary>Beyond twenty thousand devices those of every second key are asked: the negative ones, which did what the others did.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_OfALargeFleet_CountsTheDevicesOfItsPartOnly(bool isPacked)
    {
        await _stage.CommitAsync(BadOnCellular().Concat(BadOnCellular().Select(attempt => attempt with { Device = -attempt.Device })));
        await _stage.FoldAsync();
        await _stage.AddIdleDevicesAsync(20_001);
        await _stage.MaintainAsync();
        if (isPacked)
            Assert.NotEqual(0, await _stage.PackAsync());

        var answer = await AskAsync("2.5.0");

        var success = answer.Verdict.Metrics[0];
        Assert.Equal((2, 60L, 60L), (answer.OneDeviceIn, success.Release.Devices, success.Baseline.Devices));
        Assert.Equal((120L, 60L, Verdict.Worse), (success.Release.Attempts, success.Release.Events, success.Verdict));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Read_AnyEventsInAnyOrder_AreJudgedAsTheirOracleSays(int seed)
    {
        var attempts = SomeAttempts.Before(Now.AddMinutes(-1), seed, 1500, TimeSpan.FromDays(9)).Select((attempt, i) => attempt with { Id = i, ClockOff = TimeSpan.Zero }).ToArray();
        var shuffled = attempts.ToArray();
        var random = new Random(seed);
        random.Shuffle(shuffled);
        foreach (var part in shuffled.Chunk(200))
        {
            await _stage.CommitAsync(part.Select(attempt => attempt with { Received = Now }));
            if (random.Next(2) == 0)
                await _stage.FoldAsync();
        }

        var answer = await AskAsync("2.10.0", "2.4.1");

        var expected = VerdictOracle.Judge(attempts, "2.10.0", "2.4.1", answer.From, Now);
        Assert.Equal(JsonSerializer.Serialize(expected with { Coverage = answer.Verdict.Coverage, Metrics = [.. expected.Metrics, .. answer.Verdict.Metrics.Skip(3)], Verdict = answer.Verdict.Verdict }), JsonSerializer.Serialize(answer.Verdict));
        Assert.Equal(JsonSerializer.Serialize(answer), JsonSerializer.Serialize(await InAnotherOrderAsync(attempts, seed)));
    }

    private static async Task<VerdictAnswer> InAnotherOrderAsync(Attempt[] attempts, int seed)
    {
        await using var stage = await VitalsStage.CreateAsync();
        new Random(-seed).Shuffle(attempts);
        await stage.CommitAsync(attempts.Select(attempt => attempt with { Received = stage.Now }));
        return (await stage.Verdicts.ReadAsync(new VerdictQuestion("notes", "2.10.0", ReleaseKind.Version, stage.Now) { Baseline = "2.4.1" }, TestContext.Current.CancellationToken))!.Answer!;
    }

    private async Task<VerdictAnswer> AskAsync(string release, string? baseline = null, ReleaseKind kind = ReleaseKind.Version)
    {
        var reading = await _stage.Verdicts.ReadAsync(new VerdictQuestion("notes", release, kind, Now) { Baseline = baseline }, TestContext.Current.CancellationToken);
        Assert.NotNull(reading?.Answer);
        return reading.Answer;
    }

    private DateTimeOffset Day(int ago) => new(Now.AddDays(-ago).UtcDateTime.Date, TimeSpan.Zero);

    /// <summary>Sixty devices a release, an hour a day apart, each on wifi and on cellular: of 2.5.0 half of the attempts fail, all of them on cellular.</summary>
    private IEnumerable<Attempt> BadOnCellular() =>
        from version in new[] { "2.4.1", "2.5.0" }
        from device in Enumerable.Range(version == "2.5.0" ? 101 : 1, 60)
        from network in new[] { "wifi", "cellular" }
        select new Attempt(Now.AddDays(-1)) { Device = device, Version = version, Network = network, Outcome = version == "2.5.0" && network == "cellular" ? SyncOutcome.Failure : SyncOutcome.Success, Error = version == "2.5.0" && network == "cellular" ? SyncErrorKind.Timeout : SyncErrorKind.None };
}
