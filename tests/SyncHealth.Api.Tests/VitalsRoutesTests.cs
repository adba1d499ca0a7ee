using System.Net;
using System.Text.Json;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Api.Tests;

public sealed class VitalsRoutesTests : IAsyncLifetime
{
    private ApiStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await ApiStage.StartAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Vitals_AllParameters_ReachTheReader()
    {
        var response = await _stage.GetAsync(
            "/api/v1/vitals?app=notes&from=2026-03-01T10:00:00%2B01:00&to=1772444400000&step=5m&by=app_version,tag:cohort&filter=os:android&filter=tag:cohort:a:b&clock=arrival&queueThreshold=50&tz=Europe/Berlin");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var asked = _stage.Readers.Asked!;
        Assert.Equal("notes", asked.App);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero), asked.From);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_772_444_400_000), asked.To);
        Assert.Equal(ApiStage.Now, asked.Now);
        Assert.Equal(TimeSpan.FromMinutes(5), asked.Step);
        Assert.Equal(["app_version", "tag:cohort"], asked.By);
        Assert.Equal([new DimensionFilter("os", "android"), new DimensionFilter("tag:cohort", "a:b")], asked.Filters);
        Assert.Equal((VitalsClock.Arrival, 50, "Europe/Berlin"), (asked.Clock, asked.QueueThreshold, asked.TimeZone));
    }

    [Fact]
    public async Task Vitals_OnlyTheApp_AsksForTheLastDay()
    {
        await _stage.GetAsync("/api/v1/vitals?app=notes");

        var asked = _stage.Readers.Asked!;
        Assert.Equal((ApiStage.Now.AddDays(-1), ApiStage.Now), (asked.From, asked.To));
        Assert.Equal((null, VitalsClock.Event, 1000, "UTC"), (asked.Step, asked.Clock, asked.QueueThreshold, asked.TimeZone));
        Assert.Empty(asked.By);
        Assert.Empty(asked.Filters);
    }

    [Theory]
    [InlineData("90", 90)]
    [InlineData("1m", 60)]
    [InlineData("1h", 3_600)]
    [InlineData("7d", 604_800)]
    public async Task Vitals_Steps_AreSecondsOrUnits(string step, int seconds)
    {
        await _stage.GetAsync("/api/v1/vitals?app=notes&step=" + step);

        Assert.Equal(TimeSpan.FromSeconds(seconds), _stage.Readers.Asked!.Step);
    }

    [Theory]
    [InlineData("", "app")]
    [InlineData("app=notes&from=yesterday", "from")]
    [InlineData("app=notes&to=9999999999999999999", "to")]
    [InlineData("app=notes&step=1w", "step")]
    [InlineData("app=notes&step=h", "step")]
    [InlineData("app=notes&step=0", "step")]
    [InlineData("app=notes&filter=android", "filter")]
    [InlineData("app=notes&filter=:android", "filter")]
    [InlineData("app=notes&filter=tag:cohort", "filter")]
    [InlineData("app=notes&clock=server", "clock")]
    [InlineData("app=notes&queueThreshold=-1", "queueThreshold")]
    public async Task Vitals_ParameterThatCannotBeRead_IsNamedWithWhatIsAllowed(string query, string parameter)
    {
        var response = await _stage.GetAsync("/api/v1/vitals?" + query);

        var problem = await ProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal("invalid_parameter", problem.GetProperty("code").GetString());
        Assert.Equal(parameter, problem.GetProperty("parameter").GetString());
        Assert.Contains("Allowed: ", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Null(_stage.Readers.Asked);
    }

    [Fact]
    public async Task Vitals_QuestionTheReaderRefuses_IsAnInvalidParameterToo()
    {
        _stage.Readers.Failure = new VitalsQueryException("by", "Unknown dimension 'browser'. Allowed: os.");

        var problem = await ProblemAsync(await _stage.GetAsync("/api/v1/vitals?app=notes&by=browser"), HttpStatusCode.BadRequest);

        Assert.Equal(("invalid_parameter", "by"), (problem.GetProperty("code").GetString(), problem.GetProperty("parameter").GetString()));
        Assert.Equal("Unknown dimension 'browser'. Allowed: os.", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Vitals_DatabaseAway_IsUnavailableWithRetryAfter()
    {
        _stage.Readers.Failure = new DatabaseAway();

        var response = await _stage.GetAsync("/api/v1/vitals?app=notes");

        Assert.Equal("storage_unavailable", (await ProblemAsync(response, HttpStatusCode.ServiceUnavailable)).GetProperty("code").GetString());
        Assert.Equal("5", response.Headers.RetryAfter!.ToString());
    }

    [Theory]
    [InlineData("/api/v1/vitals?app=nobody")]
    [InlineData("/api/v1/distribution?app=nobody&metric=duration")]
    [InlineData("/api/v1/devices?app=nobody")]
    public async Task UnknownApp_IsNotFound(string path)
    {
        var problem = await ProblemAsync(await _stage.GetAsync(path), HttpStatusCode.NotFound);

        Assert.Equal("unknown_app", problem.GetProperty("code").GetString());
        Assert.Contains("'nobody'", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vitals_Answer_HasTheNamesOfTheContract()
    {
        _stage.Readers.Point = new VitalsPoint
        {
            At = ApiStage.Now,
            Attempts = 3,
            Successes = 2,
            Devices = 2,
            SuccessRate = 200.0 / 3,
            SuccessRateLow = 20.8,
            SuccessRateHigh = 93.9,
            FirstTryRate = 50,
            DurationMs = new DurationPercentiles(420, 1800, 9100.5),
            ConflictRate = 1.9,
            ConflictedShare = 1.7,
            Conflicts = new Dictionary<string, long> { ["lww"] = 12 },
            QueueDepth = new QueueDepth(4, 1.2, 14, 3, 60),
            StalenessSeconds = new Staleness(640, 5400, 86000, 1),
            Completeness = 0.98,
        };

        var response = await _stage.GetAsync("/api/v1/vitals?app=notes&from=2026-03-04T00:00:00Z&to=2026-03-04T12:00:00Z&step=1h&by=app_version,tag:cohort");

        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(
            """{"app":"notes","from":"2026-03-04T00:00:00+00:00","to":"2026-03-04T12:00:00+00:00","stepSeconds":3600,"clock":"event","groups":[{"by":{"app_version":"some app_version","tag:cohort":"some tag:cohort"},"points":[{"at":"2026-03-04T14:37:20+00:00","attempts":3,"successes":2,"partial":0,"cancelled":0,"devices":2,"successRate":66.66666666666667,"successRateLow":20.8,"successRateHigh":93.9,"firstTryRate":50,"failures":{"offline":0,"server":0,"app":0},"durationMs":{"p50":420,"p90":1800,"p99":9100.5},"successDurationMs":null,"over60s":0,"conflictRate":1.9,"conflictedShare":1.7,"conflicts":{"lww":12},"discardedEdits":0,"pushed":0,"pulled":0,"written":null,"bytesUp":0,"bytesDown":0,"queueDepth":{"devices":4,"mean":1.2,"p99":14,"devicesOver":3,"oldestPendingSeconds":60},"stalenessSeconds":{"p50":640,"p90":5400,"p99":86000,"gone":1},"completeness":0.98}]}]}""",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Distribution_Answer_HasBucketsWithOpenEnd()
    {
        var body = await _stage.Client.GetStringAsync("/api/v1/distribution?app=notes&metric=queue_depth&to=2026-03-04T12:00:00Z");

        Assert.Equal(DistributionMetric.QueueDepth, _stage.Readers.AskedMetric);
        Assert.Equal(
            """{"app":"notes","from":"2026-03-03T12:00:00+00:00","to":"2026-03-04T12:00:00+00:00","metric":"queue_depth","unit":"items","groups":[{"by":{},"buckets":[{"from":0,"to":1,"count":7},{"from":1001,"to":null,"count":2}],"devices":9,"gone":1}]}""",
            body);
    }

    [Theory]
    [InlineData("duration", DistributionMetric.Duration)]
    [InlineData("oldest_pending", DistributionMetric.OldestPending)]
    [InlineData("staleness", DistributionMetric.Staleness)]
    public async Task Distribution_Metrics_AreNamedAsInTheContract(string name, DistributionMetric metric)
    {
        await _stage.GetAsync("/api/v1/distribution?app=notes&metric=" + name);

        Assert.Equal(metric, _stage.Readers.AskedMetric);
    }

    [Fact]
    public async Task Distribution_WithoutMetric_NamesTheFour()
    {
        var problem = await ProblemAsync(await _stage.GetAsync("/api/v1/distribution?app=notes"), HttpStatusCode.BadRequest);

        Assert.Equal("metric", problem.GetProperty("parameter").GetString());
        Assert.Contains("duration, queue_depth, oldest_pending or staleness", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Devices_List_IsFurthestBehindFirstWithALimit()
    {
        var body = await _stage.Client.GetStringAsync("/api/v1/devices?app=notes&limit=3&filter=os:android");

        Assert.Equal((3, new DimensionFilter("os", "android")), (_stage.Readers.AskedLimit, Assert.Single(_stage.Readers.AskedFilters)));
        Assert.Equal(
            """{"app":"notes","at":"2026-03-04T14:37:20+00:00","devices":[{"key":"00000000000000ff","appVersion":"2.4.1","os":"android","osVersion":"14","network":"wifi","deviceModel":"Pixel 8","queueDepth":12,"oldestPendingAt":"2026-03-04T13:37:20+00:00","lastSuccessAt":null,"lastSeenAt":"2026-03-04T14:36:20+00:00"}]}""",
            body);
    }

    [Fact]
    public async Task OpenApi_DescribesEveryRouteWithItsParameters()
    {
        using var document = JsonDocument.Parse(await _stage.Client.GetStringAsync("/openapi/v1.json"));

        var paths = document.RootElement.GetProperty("paths");
        Assert.Superset(new HashSet<string> { "/api/v1/devices", "/api/v1/distribution", "/api/v1/vitals" }, paths.EnumerateObject().Select(path => path.Name).ToHashSet());
        var parameters = paths.GetProperty("/api/v1/vitals").GetProperty("get").GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString());
        Assert.Equal(["app", "from", "to", "since", "by", "filter", "clock", "asOf", "step", "queueThreshold", "tz"], parameters);
        Assert.True(document.RootElement.GetProperty("components").GetProperty("schemas").TryGetProperty("VitalsPoint", out _));
    }

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }
}
