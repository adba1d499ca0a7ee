using SyncHealth.Contracts;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

public sealed class VitalsReaderTests : IAsyncLifetime
{
    private VitalsStage _stage = null!;

    private DateTimeOffset Now => _stage.Now;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_WholeRange_CountsTheMinuteBoundsExactly(bool folded)
    {
        var from = Now.AddHours(-20);
        var flooredFrom = from.AddSeconds(-20);
        await _stage.CommitAsync(
            new Attempt(flooredFrom.AddMilliseconds(-1)),
            new Attempt(flooredFrom) { Device = 2 },
            new Attempt(Now.AddHours(-9)) { Device = 3, Outcome = SyncOutcome.Failure, Error = SyncErrorKind.Offline },
            new Attempt(Now.AddMinutes(-1)) { Device = 3, Outcome = SyncOutcome.Partial });
        if (folded)
            await _stage.FoldAsync();

        var answer = await _stage.ReadAsync(_stage.Ask(TimeSpan.FromHours(20)));

        Assert.Equal(flooredFrom, answer.From);
        Assert.Equal(Now.AddSeconds(40), answer.To);
        var point = Assert.Single(Assert.Single(answer.Groups).Points);
        Assert.Equal((3, 2, 1), (point.Attempts, point.Successes, point.Partial));
        Assert.Equal(2, point.Devices);
        Assert.Equal(new FailureSplit(1, 0, 0), point.Failures);
        Assert.Equal(200.0 / 3, point.SuccessRate!.Value, 12);
    }

    [Fact]
    public async Task Read_UnknownApp_IsNull()
    {
        Assert.Null(await _stage.Reader.ReadAsync(_stage.Ask(TimeSpan.FromHours(1)), TestContext.Current.CancellationToken));
        Assert.Null(await _stage.Reader.ReadDistributionAsync(DistributionMetric.Duration, _stage.Ask(TimeSpan.FromHours(1)), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Read_ByVersion_OrdersGroupsAsVersionsGoOn()
    {
        await _stage.CommitAsync(
            new Attempt(Now.AddMinutes(-5)) { Version = "2.10.0" },
            new Attempt(Now.AddMinutes(-5)) { Version = "2.9.1" },
            new Attempt(Now.AddMinutes(-5)) { Version = "10.0" },
            new Attempt(Now.AddMinutes(-5)) { Version = "2.9.1-rc" },
            new Attempt(Now.AddMinutes(-5)) { Version = "2.9.01" });

        var groups = (await _stage.ReadAsync(_stage.Ask(TimeSpan.FromHours(1), by: "app_version,os"))).Groups;

        Assert.Equal(["2.9.01", "2.9.1", "2.9.1-rc", "2.10.0", "10.0"], groups.Select(group => group.By["app_version"]));
        Assert.All(groups, group => Assert.Equal(["app_version", "os"], group.By.Keys));
    }

    [Fact]
    public async Task Read_Filters_SameDimensionMeansEitherDifferentMeansBoth()
    {
        await _stage.CommitAsync(
            new Attempt(Now.AddMinutes(-5)) { Network = "wifi", Os = "ios" },
            new Attempt(Now.AddMinutes(-5)) { Network = "cellular", Os = "ios" },
            new Attempt(Now.AddMinutes(-5)) { Network = "none", Os = "ios" },
            new Attempt(Now.AddMinutes(-5)) { Network = "wifi", Os = "android" });

        var point = await _stage.ReadOneAsync(_stage.Ask(
            TimeSpan.FromHours(1), null, "", new DimensionFilter("network", "wifi"), new DimensionFilter("network", "cellular"), new DimensionFilter("os", "ios")));

        Assert.Equal(2, point.Attempts);
    }

    [Fact]
    public async Task Read_DaysOfAZone_BeginAtItsMidnight()
    {
        // Berlin is an hour ahead in winter: 23:30 UTC of the 2nd is the 3rd.
        await _stage.CommitAsync(new Attempt(new DateTimeOffset(2026, 3, 2, 23, 30, 0, TimeSpan.Zero)), new Attempt(new DateTimeOffset(2026, 3, 2, 22, 30, 0, TimeSpan.Zero)));

        var answer = await _stage.ReadAsync(_stage.Ask(TimeSpan.FromDays(3), TimeSpan.FromDays(1)) with { TimeZone = "Europe/Berlin", Parts = VitalsParts.None });

        Assert.Equal([new(2026, 3, 1, 23, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 2, 23, 0, 0, TimeSpan.Zero)], answer.Groups[0].Points.Select(point => point.At));
    }

    [Fact]
    public async Task Read_NoAttempts_HasOnePointWithoutRates()
    {
        await _stage.CommitAsync(new Attempt(Now.AddDays(-20)));

        var point = await _stage.ReadOneAsync(_stage.Ask(TimeSpan.FromHours(1)));

        Assert.Equal(0, point.Attempts);
        Assert.Null(point.SuccessRate);
        Assert.Null(point.SuccessRateLow);
        Assert.Null(point.DurationMs);
        Assert.Null(point.StalenessSeconds);
    }

    [Theory]
    [InlineData("by", "browser")]
    [InlineData("by", "tag:")]
    [InlineData("by", "tag:a:b")]
    [InlineData("filter", "colour")]
    public async Task Read_UnknownDimension_NamesWhatIsAllowed(string parameter, string dimension)
    {
        var query = _stage.Ask(TimeSpan.FromHours(1));
        query = parameter == "by" ? query with { By = [dimension] } : query with { Filters = [new DimensionFilter(dimension, "x")] };

        var exception = await Assert.ThrowsAsync<VitalsQueryException>(() => _stage.ReadAsync(query));

        Assert.Equal(parameter, exception.Parameter);
        Assert.Contains($"'{dimension}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("app_version, os, os_version, network, type, trigger, device_model, environment, outcome, error_kind, tag:NAME", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_QuestionThatMakesNoSense_NamesTheParameter()
    {
        var query = _stage.Ask(TimeSpan.FromDays(1));

        Assert.Equal("step", await ParameterAtFaultAsync(query with { Step = TimeSpan.FromSeconds(30) }));
        Assert.Equal("step", await ParameterAtFaultAsync(query with { Step = TimeSpan.FromSeconds(90) }));
        Assert.Equal("step", await ParameterAtFaultAsync(query with { From = Now.AddDays(-29), Step = TimeSpan.FromMinutes(1) }));
        Assert.Equal("from", await ParameterAtFaultAsync(query with { To = query.From }));
        Assert.Equal("tz", await ParameterAtFaultAsync(query with { TimeZone = "Mars/Olympus" }));
    }

    [Fact]
    public async Task ReadDistribution_Durations_CountEveryAttemptOnce()
    {
        await _stage.CommitAsync(new[] { 0, 15, 15, 40_000, 61_000, 86_400_000 }.Select(duration => new Attempt(Now.AddMinutes(-5)) { DurationMs = duration }));

        var answer = await ReadDistributionAsync(DistributionMetric.Duration);

        Assert.Equal(("duration", "ms"), (answer.Metric, answer.Unit));
        Assert.Equal(
            [new(0, 10, 1), new(10, 20, 2), new(30_000, 45_000, 1), new(60_000, 90_000, 1), new DistributionBucket(21_600_000, null, 1)],
            answer.Groups[0].Buckets);
    }

    [Fact]
    public async Task ReadDistribution_OfDevices_BucketsDepthsAndAges()
    {
        await _stage.CommitAsync(
            new Attempt(Now.AddMinutes(-45)) { Device = 1, Queue = 0 },
            new Attempt(Now.AddMinutes(-45)) { Device = 2, Queue = 1_000, OldestPending = TimeSpan.FromHours(20) },
            new Attempt(Now.AddDays(-3)) { Device = 3, Queue = 1_001, OldestPending = TimeSpan.FromMinutes(1) });

        Assert.Equal([new(0, 1, 1), new(501, 1_001, 1), new DistributionBucket(1_001, 2_001, 1)], (await ReadDistributionAsync(DistributionMetric.QueueDepth)).Groups[0].Buckets);
        Assert.Equal([new(43_200, 86_400, 1), new DistributionBucket(259_200, 432_000, 1)], (await ReadDistributionAsync(DistributionMetric.OldestPending)).Groups[0].Buckets);
        Assert.Equal([new(1_800, 3_600, 2), new DistributionBucket(259_200, 432_000, 1)], (await ReadDistributionAsync(DistributionMetric.Staleness)).Groups[0].Buckets);
    }

    [Fact]
    public async Task ListApps_KnownValues_AreOfferedInNaturalOrder()
    {
        Assert.Empty(await _stage.Apps.ListAsync(TestContext.Current.CancellationToken));
        await _stage.CommitAsync(new Attempt(Now) { Version = "2.10.0" }, new Attempt(Now) { Version = "2.9.1", Network = "none" });

        var app = Assert.Single(await _stage.Apps.ListAsync(TestContext.Current.CancellationToken));

        Assert.Equal("notes", app.Name);
        Assert.Equal(["2.9.1", "2.10.0"], app.Dimensions["app_version"]);
        Assert.Equal(["none", "wifi"], app.Dimensions["network"]);
        Assert.Equal(["production"], app.Dimensions["environment"]);
    }

    private async Task<DistributionAnswer> ReadDistributionAsync(DistributionMetric metric) =>
        (await _stage.Reader.ReadDistributionAsync(metric, _stage.Ask(TimeSpan.FromHours(1)), TestContext.Current.CancellationToken))!;

    private async Task<string> ParameterAtFaultAsync(VitalsQuery query) =>
        (await Assert.ThrowsAsync<VitalsQueryException>(() => _stage.ReadAsync(query))).Parameter;
}
