using System.Net;
using System.Text.Json;
using Xunit;

namespace SyncHealth.Api.Tests.Markers;

public sealed class MarkerRoutesTests : RoutesTest
{
    [Fact]
    public async Task Add_ThenList_HasItAtItsMoment()
    {
        var now = await AddAsync("""{"text":"backend 5.1"}""");
        await AddAsync("""{"text":"2.5.0","app":"notes","at":"2026-03-04T10:00:00.1234567+01:00"}""");
        await AddAsync($$"""{"text":"other","app":"photos","at":{{ApiStage.Now.AddHours(-2).ToUnixTimeMilliseconds()}}}""");

        Assert.Equal(ApiStage.Now, now.GetProperty("at").GetDateTimeOffset());
        Assert.Equal(["2.5.0", "other", "backend 5.1"], await ListAsync(""));
        Assert.Equal(["2.5.0", "backend 5.1"], await ListAsync("?app=notes"));
        Assert.Equal(["2.5.0"], await ListAsync("?from=2026-03-04T09:00:00.123456Z&to=2026-03-04T09:00:00.123457Z"));
        Assert.Empty(await ListAsync("?to=2026-03-04T09:00:00.123456Z"));
    }

    [Fact]
    public async Task Add_TheSameIdAgain_IsOneMarker()
    {
        const string Body = """{"id":"0193c5a2-0000-7000-8000-000000000001","text":"once"}""";
        await AddAsync(Body);
        await AddAsync(Body);
        Assert.Single(await ListAsync(""));
    }

    [Theory]
    [InlineData("{}", "text")]
    [InlineData("""{"text":"x","at":"soon"}""", "at")]
    [InlineData("""{"text":"x","at":{}}""", "at")]
    [InlineData("""{"text":"x","at":"2027-03-04T10:00:00Z"}""", "at")]
    [InlineData("""{"text":"x","id":"one"}""", "id")]
    [InlineData("""{"text":"x","app":""}""", "app")]
    public async Task Add_WhatCannotBeRead_NamesTheField(string body, string parameter)
    {
        using var answer = await Stage.SendAsync(HttpMethod.Post, "/api/v1/markers", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(parameter, problem.RootElement.GetProperty("parameter").GetString());
    }

    private async Task<JsonElement> AddAsync(string body)
    {
        using var answer = await Stage.SendAsync(HttpMethod.Post, "/api/v1/markers", body);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    private async Task<IReadOnlyList<string>> ListAsync(string query)
    {
        using var document = JsonDocument.Parse(await Stage.Client.GetStringAsync("/api/v1/markers" + query));
        return [.. document.RootElement.GetProperty("markers").EnumerateArray().Select(marker => marker.GetProperty("text").GetString()!)];
    }
}
