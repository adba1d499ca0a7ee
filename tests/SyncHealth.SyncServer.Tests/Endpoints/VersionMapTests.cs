using System.Net;
using System.Net.Http.Json;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncServer.Tests.Support;
using Xunit;

namespace SyncHealth.SyncServer.Tests.Endpoints;

public sealed class VersionMapTests
{
    [Fact]
    public async Task Changes_BeyondAMap_AreTheNewerTheUnknownAndTheGone()
    {
        await using var notes = await NotesClient.StartAsync();
        await notes.PushAsync("phone", NotesClient.Insert("same", "x"), NotesClient.Insert("newer", "x"), NotesClient.Insert("deleted", "x"), NotesClient.Insert("unknown", "x"));
        await notes.PushAsync("phone", NotesClient.Update("newer", "y", 5, 2), NotesClient.Delete("deleted", 5, 3), NotesClient.Insert("short-lived", "x"));
        await notes.PushAsync("phone", NotesClient.Delete("short-lived", 6, 7));

        var page = await PullAsync(notes, """{"known_versions":{"same":1,"newer":2,"deleted":3,"forgotten":4}}""");

        Assert.Equal(
            [("forgotten", 0L, true), ("unknown", 4, false), ("newer", 5, false), ("deleted", 6, true)],
            page.Changes.Select(change => (change.Id, change.Version, change.IsDeleted)));
        Assert.False(page.HasMore);
    }

    /// <summary>What is gone is on every page, and must not make the pages endless.</summary>
    [Fact]
    public async Task Changes_MoreGoneThanThePageIsLong_EndAllTheSame()
    {
        await using var notes = await NotesClient.StartAsync();
        await notes.PushAsync("phone", NotesClient.Insert("a", "x"));

        var page = await PullAsync(notes, """{"known_versions":{"g1":1,"g2":1,"g3":1}}""", limit: 1);

        Assert.Equal((4, false), (page.Changes.Count, page.HasMore));
    }

    /// <summary>The server was restored from a backup: the device fetches everything anew.</summary>
    [Fact]
    public async Task Changes_MapAheadOfTheServer_IsGone()
    {
        await using var notes = await NotesClient.StartAsync();
        await notes.PushAsync("phone", NotesClient.Insert("a", "x"));

        using var answer = await notes.PullBeyondAsync("""{"known_versions":{"a":7}}""");

        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"known_versions":{"a":"one"}}""")]
    [InlineData("{\"known_versions\":{\"a\\u0000b\":1}}")]
    public async Task Changes_NoMap_IsRefused(string body)
    {
        await using var notes = await NotesClient.StartAsync();

        using var answer = await notes.PullBeyondAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Changes_SinceNoMoment_LeadToAFullSync()
    {
        await using var notes = await NotesClient.StartAsync();

        using var answer = await notes.PullSinceAsync("yesterday");

        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
    }

    /// <summary>The clock of the server was set back: moments still go forward, and nobody misses a row.</summary>
    [Fact]
    public async Task Changes_SinceAMomentWhenTheServerClockWasSetBack_MissNothing()
    {
        await using var notes = await NotesClient.StartAsync();
        await notes.PushAsync("phone", NotesClient.Insert("a", "x"));
        using var first = await notes.PullSinceAsync("");
        var since = (await first.Content.ReadFromJsonAsync(ProtocolJson.Default.ChangesPage))!.NextToken;
        notes.Time.Advance(TimeSpan.FromHours(-1));
        await notes.PushAsync("phone", NotesClient.Insert("b", "x"));

        using var second = await notes.PullSinceAsync(since);

        Assert.Equal("b", Assert.Single((await second.Content.ReadFromJsonAsync(ProtocolJson.Default.ChangesPage))!.Changes).Id);
    }

    private static async Task<ChangesPage> PullAsync(NotesClient notes, string body, int limit = 500)
    {
        using var answer = await notes.PullBeyondAsync(body, limit);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync(ProtocolJson.Default.ChangesPage))!;
    }
}
