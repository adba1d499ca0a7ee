using System.Net;
using System.Text.Json;
using Npgsql;
using SyncHealth.Storage.Alerts;
using Xunit;

namespace SyncHealth.Api.Tests.Silences;

public sealed class SilenceRoutesTests : RoutesTest
{
    [Fact]
    public async Task Add_ThenListThenEnd_HoldsUntilThen()
    {
        var made = await AddAsync("""{"matchers":["rule=sync-success-rate","app_version=~2\\.5\\..*"],"reason":"2.5.0 is rolled back","duration":"2h","createdBy":"ann"}""");
        await AddAsync("""{"matchers":["app=photos"],"reason":"tonight's migration","startsAt":"2026-03-04T23:00:00Z","endsAt":"2026-03-05T01:00:00Z"}""");

        Assert.Equal(ApiStage.Now.AddHours(2), made.GetProperty("endsAt").GetDateTimeOffset());
        Assert.Equal(["active 2.5.0 is rolled back by ann", "pending tonight's migration by api"], await ListAsync());

        var path = $"/api/v1/silences/{made.GetProperty("id").GetString()}";
        using var ended = await Stage.SendAsync(HttpMethod.Delete, path, "{}");
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.Equal(["expired 2.5.0 is rolled back by ann", "pending tonight's migration by api"], await ListAsync());

        using var again = await Stage.SendAsync(HttpMethod.Delete, path, "{}");
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        using var never = await Stage.SendAsync(HttpMethod.Delete, "/api/v1/silences/ffffffffffff", "{}");
        Assert.Equal(HttpStatusCode.NotFound, never.StatusCode);
    }

    [Fact]
    public async Task Preview_ListsInstancesInEveryStateAndRulesThatMayBegin()
    {
        await using var source = NpgsqlDataSource.Create(Database.ConnectionString);
        var store = new AlertStore(source);
        await store.ReplaceRulesAsync([Rule("rate"), Rule("other")], ApiStage.Now, CancellationToken.None);
        await store.SaveAsync(Alert("wifi", "resolved"), CancellationToken.None);
        await store.SaveAsync(Alert("cellular", "firing"), CancellationToken.None);

        Assert.Equal("""{"alerts":[{"rule":"rate","app":"notes","segment":{"network":"wifi"},"state":"resolved"}],"rules":["rate"]}""", await PreviewAsync("rule=rate", "network=wifi"));
        Assert.Equal("""{"alerts":[],"rules":["other"]}""", await PreviewAsync("rule=other", "network=wifi"));
        Assert.Equal("""{"alerts":[],"rules":[]}""", await PreviewAsync("rule=neither"));
    }

    [Theory]
    [InlineData("""{"reason":"x","duration":"1h"}""", "matchers")]
    [InlineData("""{"matchers":[],"reason":"x","duration":"1h"}""", "matchers")]
    [InlineData("""{"matchers":["nonsense"],"reason":"x","duration":"1h"}""", "matchers")]
    [InlineData("""{"matchers":["app=~("],"reason":"x","duration":"1h"}""", "matchers")]
    [InlineData("""{"matchers":["app=a"],"duration":"1h"}""", "reason")]
    [InlineData("""{"matchers":["app=a"],"reason":"x"}""", "endsAt")]
    [InlineData("""{"matchers":["app=a"],"reason":"x","duration":"1h","endsAt":"2026-03-05T01:00:00Z"}""", "endsAt")]
    [InlineData("""{"matchers":["app=a"],"reason":"x","endsAt":"2020-01-01T00:00:00Z"}""", "endsAt")]
    [InlineData("""{"matchers":["app=a"],"reason":"x","duration":"200d"}""", "duration")]
    [InlineData("""{"matchers":["app=a"],"reason":"x","duration":"soon"}""", "duration")]
    [InlineData("""{"matchers":["app=a"],"reason":"x","duration":"1h","id":"one"}""", "id")]
    [InlineData("""{"matchers":["app=a"],"reason":"x","duration":"1h","until":"late"}""", "until")]
    public async Task Add_WhatCannotBeRead_NamesTheField(string body, string parameter)
    {
        using var answer = await Stage.SendAsync(HttpMethod.Post, "/api/v1/silences", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(parameter, problem.RootElement.GetProperty("parameter").GetString());
        Assert.Empty(await ListAsync());
    }

    private static RuleSave Rule(string name) => new(name, "critical", "{}", ["slack"], new Dictionary<string, string> { ["rule"] = name });

    private static AlertSave Alert(string network, string status) => new()
    {
        Rule = "rate", App = "notes", Segment = new Dictionary<string, string> { ["network"] = network }, Version = 0, StateJson = "{}", Severity = "critical",
        Status = status, Since = ApiStage.Now, Episode = 1, Sequence = 1, Threshold = 95, Unit = "percent", EvaluatedAt = ApiStage.Now,
        Labels = new Dictionary<string, string> { ["rule"] = "rate", ["app"] = "notes", ["network"] = network },
    };

    private async Task<JsonElement> AddAsync(string body)
    {
        using var answer = await Stage.SendAsync(HttpMethod.Post, "/api/v1/silences", body);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    private async Task<string> PreviewAsync(params string[] matchers)
    {
        using var answer = await Stage.SendAsync(HttpMethod.Post, "/api/v1/silences/preview", JsonSerializer.Serialize(new { matchers }));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<IReadOnlyList<string>> ListAsync()
    {
        using var document = JsonDocument.Parse(await Stage.Client.GetStringAsync("/api/v1/silences"));
        return
        [
            .. document.RootElement.GetProperty("silences").EnumerateArray()
                .Select(one => $"{one.GetProperty("state").GetString()} {one.GetProperty("reason").GetString()} by {one.GetProperty("createdBy").GetString()}"),
        ];
    }
}
