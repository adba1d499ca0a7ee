using System.Net;
using System.Text.Json;
using SyncHealth.Storage.Verdicts;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Api.Tests.Releases;

public sealed class ReleaseRoutesTests : IAsyncLifetime
{
    private ApiStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await ApiStage.StartAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Verdict_OfABadRelease_HasTheNamesOfTheContract()
    {
        var answer = await GetAsync("/api/v1/releases/2.5.0/verdict?app=notes");

        Assert.Equal(("worse", "2.5.0", "2.4.1"), (Text(answer, "verdict"), Text(answer, "release"), Text(answer, "baseline")));
        Assert.StartsWith("Stop: cellular got worse. 2.5.0 is worse than 2.4.1", Text(answer, "sentence"), StringComparison.Ordinal);
        Assert.Equal(["success_rate", "slow_share", "conflict_rate"], answer.GetProperty("metrics").EnumerateObject().Select(metric => metric.Name));
        var success = answer.GetProperty("metrics").GetProperty("success_rate");
        Assert.Equal(-33, success.GetProperty("difference").GetDouble(), 6);
        Assert.True(success.GetProperty("low").GetDouble() < -33 && success.GetProperty("high").GetDouble() is > -33 and < 0);
        Assert.InRange(success.GetProperty("pValue").GetDouble(), 0, 0.001);
        Assert.Equal(("worse", 63.0, 96.0), (Text(success, "verdict"), success.GetProperty("release").GetDouble(), success.GetProperty("baseline").GetDouble()));
        Assert.Equal((2000, 2000), (Sample(answer, "release", "attempts"), Sample(answer, "baseline", "devices")));
        Assert.Equal(ApiStage.Now, answer.GetProperty("watermark").GetDateTimeOffset());
        Assert.Equal(["cellular", "wifi"], answer.GetProperty("segments").EnumerateArray().Select(segment => Text(segment.GetProperty("by"), "network")));
        Assert.Equal(["worse", "inconclusive"], answer.GetProperty("segments").EnumerateArray().Select(segment => Text(segment, "verdict")));
        Assert.Equal(1000, Sample(answer.GetProperty("segments")[0], "release", "devices"));
        Assert.True(answer.TryGetProperty("devicesNeeded", out _));
    }

    [Fact]
    public async Task Verdict_WithoutAnotherRelease_HasNoBaseline()
    {
        _stage.Releases.Baseline = "";

        Assert.Equal(JsonValueKind.Null, (await GetAsync("/api/v1/releases/2.5.0/verdict?app=notes")).GetProperty("baseline").ValueKind);
    }

    [Fact]
    public async Task Verdict_AllParameters_ReachTheReader()
    {
        await GetAsync("/api/v1/releases/on/verdict?app=notes&by=tag&baseline=off&filter=os:android&filter=network:cellular");

        var asked = _stage.Releases.Asked!;
        Assert.Equal(("notes", "on", ReleaseKind.Tag, ApiStage.Now, "off"), (asked.App, asked.Release, asked.Kind, asked.Now, asked.Baseline));
        Assert.Equal([new DimensionFilter("os", "android"), new DimensionFilter("network", "cellular")], asked.Filters);
    }

    [Theory]
    [InlineData("2.5.0", ReleaseKind.Version)]
    [InlineData("2.5.0%2B101", ReleaseKind.Build)]
    public async Task Verdict_AReleaseWithAPlus_IsABuild(string release, ReleaseKind kind)
    {
        await GetAsync($"/api/v1/releases/{release}/verdict?app=notes");

        Assert.Equal((Uri.UnescapeDataString(release), kind), (_stage.Releases.Asked!.Release, _stage.Releases.Asked.Kind));
    }

    [Theory]
    [InlineData("/api/v1/releases/9.9/verdict?app=notes", HttpStatusCode.NotFound, "unknown_release", "No device of 'notes' has run '9.9'. Known: 2.4.1, 2.5.0.")]
    [InlineData("/api/v1/releases/2.5.0/verdict?app=notes&baseline=9.8", HttpStatusCode.NotFound, "unknown_release", "No device of 'notes' has run '9.8'. Known: 2.4.1, 2.5.0.")]
    [InlineData("/api/v1/releases/2.5.0/verdict?app=mail", HttpStatusCode.NotFound, "unknown_app", "'mail'")]
    [InlineData("/api/v1/releases/2.5.0/verdict", HttpStatusCode.BadRequest, "invalid_parameter", "'app'")]
    [InlineData("/api/v1/releases/2.5.0/verdict?app=notes&by=os", HttpStatusCode.BadRequest, "invalid_parameter", "version, build or tag")]
    [InlineData("/api/v1/releases?app=mail", HttpStatusCode.NotFound, "unknown_app", "'mail'")]
    [InlineData("/api/v1/releases?app=notes&by=os", HttpStatusCode.BadRequest, "invalid_parameter", "version, build or tag")]
    public async Task Question_ThatHasNoAnswer_SaysWhatToChange(string path, HttpStatusCode status, string code, string detail)
    {
        var response = await _stage.GetAsync(path);

        Assert.Equal(status, response.StatusCode);
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(code, Text(problem, "code"));
        Assert.Contains(detail, Text(problem, "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Releases_HaveTheirDevicesAndTheirStage()
    {
        var answer = await GetAsync("/api/v1/releases?app=notes&by=build");

        Assert.Equal((ReleaseKind.Build, "build"), (_stage.Releases.AskedKind, Text(answer, "by")));
        var release = answer.GetProperty("releases")[0];
        Assert.Equal(("2.5.0", "rolling_out", 20.0, 80), (Text(release, "name"), Text(release, "stage"), release.GetProperty("share").GetDouble(), release.GetProperty("currentDevices").GetInt32()));
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        var response = await _stage.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static int Sample(JsonElement element, string arm, string name) => element.GetProperty("sample").GetProperty(arm).GetProperty(name).GetInt32();
}
