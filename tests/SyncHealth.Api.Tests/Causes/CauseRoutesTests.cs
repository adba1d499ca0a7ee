using System.Net;
using System.Text.Json;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Api.Tests.Causes;

public sealed class CauseRoutesTests : IAsyncLifetime
{
    private ApiStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await ApiStage.StartAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Causes_OnlyTheApp_AsksForTheLastDayAgainstTheOneBefore()
    {
        await _stage.GetAsync("/api/v1/causes?app=notes");

        var asked = _stage.Readers.CauseAsked!;
        Assert.Equal((ApiStage.Now.AddDays(-2), ApiStage.Now.AddDays(-1)), (asked.BeforeFrom, asked.BeforeTo));
        Assert.Equal((ApiStage.Now.AddDays(-1), ApiStage.Now), (asked.From, asked.To));
    }

    [Fact]
    public async Task Causes_AllParameters_ReachTheReader()
    {
        await _stage.GetAsync("/api/v1/causes?app=notes&from=2026-03-04T12:00Z&to=2026-03-04T14:00Z&before=2026-03-03T12:00Z&filter=os:ios");

        var asked = _stage.Readers.CauseAsked!;
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 12, 0, 0, TimeSpan.Zero), asked.BeforeFrom);
        Assert.Equal((asked.BeforeTo, asked.From.AddHours(2)), (asked.From, asked.To));
        Assert.Equal([new DimensionFilter("os", "ios")], asked.Filters);
    }

    [Fact]
    public async Task Causes_Answer_NamesSegmentsAndErrors()
    {
        using var answer = await _stage.GetAsync("/api/v1/causes?app=notes");
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        var cause = document.RootElement.GetProperty("causes")[0];
        Assert.Equal("ap-south", cause.GetProperty("by").GetProperty("tag:region").GetString());
        Assert.Equal(("got_worse", 90.0), (cause.GetProperty("kind").GetString(), cause.GetProperty("failureRate").GetDouble()));
        Assert.Equal(("server", "http_503"), (document.RootElement.GetProperty("errors")[0].GetProperty("kind").GetString(), document.RootElement.GetProperty("errors")[0].GetProperty("code").GetString()));
        Assert.Equal(18, document.RootElement.GetProperty("change").GetDouble(), 1e-9);
    }

    /// <summary>A segment that did not exist before is new, held against what was in its place, or against nothing.</summary>
    [Fact]
    public async Task Causes_NewSegments_SayWhatTheyAreHeldAgainst()
    {
        using var answer = await _stage.GetAsync("/api/v1/causes?app=notes");
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        var causes = document.RootElement.GetProperty("causes");
        Assert.Equal(["got_worse", "new", "new"], causes.EnumerateArray().Select(cause => cause.GetProperty("kind").GetString()));
        Assert.Equal(2.0, causes[1].GetProperty("failureRateBefore").GetDouble(), 1e-9);
        Assert.Equal(JsonValueKind.Null, causes[2].GetProperty("failureRateBefore").ValueKind);
    }

    [Theory]
    [InlineData("/api/v1/causes", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/causes?app=other", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/causes?app=notes&before=soon", HttpStatusCode.BadRequest)]
    public async Task Causes_WhatCannotBeAnswered_IsAProblem(string path, HttpStatusCode status)
    {
        using var answer = await _stage.GetAsync(path);

        Assert.Equal(status, answer.StatusCode);
    }
}
