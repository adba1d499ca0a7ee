using System.Net;
using System.Text.Json;
using SyncHealth.Storage.Keys;
using Xunit;

namespace SyncHealth.Api.Tests.Keys;

public sealed class KeyRoutesTests : RoutesTest
{
    [Fact]
    public async Task Create_ShowsTheKeyOnce_AndIngestKnowsIt()
    {
        var created = await PostAsync("keys", """{"app":"notes","label":"web app","origins":["https://Notes.example/","*"],"eventsPerSecond":70}""", HttpStatusCode.Created);

        var text = created.GetProperty("text").GetString()!;
        Assert.StartsWith("shk_", text, StringComparison.Ordinal);
        var key = created.GetProperty("key");
        Assert.Equal(("notes", "web app", 70, "live"), (Text(key, "app"), Text(key, "label"), key.GetProperty("eventsPerSecond").GetInt32(), Text(key, "state")));
        Assert.Equal(["https://notes.example", "*"], key.GetProperty("origins").EnumerateArray().Select(origin => origin.GetString()));
        var found = await ((IKeyFinder)Stage.Services.GetService(typeof(IKeyFinder))!).FindAsync(text, CancellationToken.None);
        Assert.Equal(Text(key, "id"), found.Key!.Id);
        Assert.DoesNotContain(text, await Stage.Client.GetStringAsync("api/v1/keys"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"label":"x"}""", 5_000)]
    [InlineData("""{"label":"x","eventsPerSecond":null}""", null)]
    public async Task Create_LimitNotSaidOrNone_IsTheDefaultOrLeftToTheInstallation(string body, int? limit)
    {
        var created = await PostAsync("keys", body, HttpStatusCode.Created);
        var stored = created.GetProperty("key").GetProperty("eventsPerSecond");
        Assert.Equal(limit, stored.ValueKind == JsonValueKind.Null ? null : stored.GetInt32());
        Assert.Equal(JsonValueKind.Null, created.GetProperty("key").GetProperty("app").ValueKind);
    }

    [Theory]
    [InlineData("{", "body")]
    [InlineData("[]", "body")]
    [InlineData("{}", "label")]
    [InlineData("""{"label":""}""", "label")]
    [InlineData("""{"label":"two\nlines"}""", "label")]
    [InlineData("""{"label":7}""", "label")]
    [InlineData("""{"label":"x","name":"y"}""", "name")]
    [InlineData("""{"label":"x","label":"y"}""", "label")]
    [InlineData("""{"label":"x","eventsPerSecond":0}""", "eventsPerSecond")]
    [InlineData("""{"label":"x","eventsPerSecond":1.5}""", "eventsPerSecond")]
    [InlineData("""{"label":"x","eventsPerSecond":"70"}""", "eventsPerSecond")]
    [InlineData("""{"label":"x","eventsPerSecond":1000001}""", "eventsPerSecond")]
    [InlineData("""{"label":"x","origins":"https://notes.example"}""", "origins")]
    [InlineData("""{"label":"x","origins":["notes.example"]}""", "origins")]
    [InlineData("""{"label":"x","origins":["https://notes.example/page"]}""", "origins")]
    [InlineData("""{"label":"x","origins":["javascript:alert(1)"]}""", "origins")]
    public async Task Create_WhatCannotBeRead_NamesTheField(string body, string parameter)
    {
        var problem = await PostAsync("keys", body, HttpStatusCode.BadRequest);
        Assert.Equal(("invalid_parameter", parameter), (Text(problem, "code"), Text(problem, "parameter")));
        Assert.Equal("""{"keys":[]}""", await Stage.Client.GetStringAsync("api/v1/keys"));
    }

    [Fact]
    public async Task Rotate_TwoLiveAtMost_ThenTheOldOneMakesRoom()
    {
        var first = await CreateAsync();
        var second = Text((await PostAsync($"keys/{first}/rotate", "{}", HttpStatusCode.Created)).GetProperty("key"), "id");

        var refusal = await PostAsync($"keys/{second}/rotate", "{}", HttpStatusCode.Conflict);
        Assert.Equal("two_live_keys", Text(refusal, "code"));
        Assert.Contains(first, Text(refusal, "detail"), StringComparison.Ordinal);

        Assert.Equal("revoked", Text(await PostAsync($"keys/{first}/revoke", "{}", HttpStatusCode.OK), "state"));
        await PostAsync($"keys/{second}/rotate", "{}", HttpStatusCode.Created);
    }

    [Fact]
    public async Task PauseResumeRevoke_SayTheState_AndRevokingTwiceIsOnce()
    {
        var id = await CreateAsync();
        Assert.Equal("paused", Text(await PostAsync($"keys/{id}/pause", "{}", HttpStatusCode.OK), "state"));
        Assert.Equal("paused", Text(await PostAsync($"keys/{id}/pause", "{}", HttpStatusCode.OK), "state"));
        Assert.Equal("live", Text(await PostAsync($"keys/{id}/resume", "{}", HttpStatusCode.OK), "state"));
        Assert.Equal("revoked", Text(await PostAsync($"keys/{id}/revoke", "{}", HttpStatusCode.OK), "state"));
        Assert.Equal("revoked", Text(await PostAsync($"keys/{id}/revoke", "{}", HttpStatusCode.OK), "state"));
        foreach (var verb in new[] { "pause", "resume", "rotate" })
            Assert.Equal("key_revoked", Text(await PostAsync($"keys/{id}/{verb}", "{}", HttpStatusCode.Conflict), "code"));
    }

    [Theory]
    [InlineData("rotate")]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("revoke")]
    public async Task Change_UnknownId_Is404(string verb) =>
        Assert.Equal("unknown_key", Text(await PostAsync($"keys/ffffffffffff/{verb}", "{}", HttpStatusCode.NotFound), "code"));

    private async Task<string> CreateAsync() => Text((await PostAsync("keys", """{"label":"x"}""", HttpStatusCode.Created)).GetProperty("key"), "id");

    private async Task<JsonElement> PostAsync(string route, string body, HttpStatusCode expected)
    {
        using var answer = await Stage.SendAsync(HttpMethod.Post, "api/v1/" + route, body);
        Assert.Equal(expected, answer.StatusCode);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
