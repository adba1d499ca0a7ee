using System.Net;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncServer.Store;
using SyncHealth.SyncServer.Tests.Support;
using Xunit;

namespace SyncHealth.SyncServer.Tests.Endpoints;

public sealed class ChangesTests
{
    [Fact]
    public async Task Changes_Paged_BringEveryNoteOnceInCommitOrder()
    {
        await using var notes = await NotesClient.StartAsync();
        await notes.PushAsync("phone", [.. Enumerable.Range(0, 100).Select(number => NotesClient.Insert($"n{number:d3}", "same moment"))]);

        var seen = new List<NoteChange>();
        string? token = null;
        for (var hasMore = true; hasMore;)
        {
            var page = await notes.PullAsync(token, limit: 7);
            seen.AddRange(page.Changes);
            (token, hasMore) = (page.NextToken, page.HasMore);
        }

        Assert.Equal(100, seen.Select(change => change.Id).Distinct().Count());
        Assert.Equal(seen.Select(change => change.Version).Order(), seen.Select(change => change.Version));
        Assert.Empty((await notes.PullAsync(token)).Changes);
    }

    [Fact]
    public async Task Changes_ManyWritersAndOneReader_NoRowIsSkipped()
    {
        await using var notes = await NotesClient.StartAsync();
        var writing = Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            for (var round = 0; round < 25; round++)
                await notes.PushAsync($"device{writer}", NotesClient.Insert($"{writer}-{round}-a", "x"), NotesClient.Insert($"{writer}-{round}-b", "x"));
        }));

        var seen = new HashSet<string>();
        string? token = null;
        for (var isLastRound = false; !isLastRound;)
        {
            isLastRound = writing.IsCompleted;
            ChangesPage page;
            do
            {
                page = await notes.PullAsync(token, limit: 5);
                seen.UnionWith(page.Changes.Select(change => change.Id));
                token = page.NextToken;
            }
            while (page.HasMore);
        }

        await writing;
        Assert.Equal(400, seen.Count);
    }

    [Fact]
    public async Task Changes_UncommittedPush_HoldsLaterOnesBack()
    {
        await using var notes = await NotesClient.StartAsync();
        await notes.PushAsync("phone", NotesClient.Insert("first", "x"));
        await using var connection = await notes.Database.DataSource.OpenConnectionAsync();
        await using var slow = await connection.BeginTransactionAsync();
        await using (var push = new Npgsql.NpgsqlCommand(
            "select notes.take_push('ann', 'slow', 'k', '\\x00', '[{\"kind\":\"insert\",\"id\":\"slow\",\"title\":\"\",\"body\":\"\",\"editedAt\":1,\"baseVersion\":0}]', now())", connection, slow))
            await push.ExecuteNonQueryAsync();

        var later = notes.PushAsync("fast", NotesClient.Insert("fast", "x"));
        var before = await notes.PullAsync(null);
        Assert.False(later.IsCompleted);
        await slow.CommitAsync();
        await later;
        var after = await notes.PullAsync(before.NextToken);

        Assert.Equal("first", Assert.Single(before.Changes).Id);
        Assert.Equal(["slow", "fast"], after.Changes.Select(change => change.Id));
    }

    [Fact]
    public async Task Changes_TombstoneForgotten_ExpiresOlderTokensAndNoOthers()
    {
        await using var notes = await NotesClient.StartAsync();
        await notes.PushAsync("phone", NotesClient.Insert("a", "x"), NotesClient.Insert("b", "x"));
        var old = (await notes.PullAsync(null)).NextToken;
        await notes.PushAsync("phone", NotesClient.Delete("a", 10, 1));
        var current = (await notes.PullAsync(old)).NextToken;
        await ForgetAsync(notes);

        using var expired = await notes.PullRawAsync(old);

        Assert.Equal(HttpStatusCode.Gone, expired.StatusCode);
        Assert.Contains("token_expired", await expired.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty((await notes.PullAsync(current)).Changes);
        Assert.Equal("b", Assert.Single((await notes.PullAsync(null)).Changes).Id);
    }

    [Fact]
    public async Task Changes_FullSyncInPagesAfterTombstonesWereForgotten_IsServed()
    {
        await using var notes = await NotesClient.StartAsync();
        await notes.PushAsync("phone", [.. Enumerable.Range(0, 10).Select(number => NotesClient.Insert($"n{number}", "x"))]);
        await notes.PushAsync("phone", NotesClient.Delete("n9", 10, 10));
        await ForgetAsync(notes);

        var first = await notes.PullAsync(null, limit: 4);
        var second = await notes.PullAsync(first.NextToken, limit: 4);
        var third = await notes.PullAsync(second.NextToken, limit: 4);

        Assert.Equal([4, 4, 1], [first.Changes.Count, second.Changes.Count, third.Changes.Count]);
        Assert.False(third.HasMore);
    }

    [Theory]
    [InlineData("not a token")]
    [InlineData("MS45OTkuOTk5")]
    public async Task Changes_TokenOfNobody_LeadsToAFullSync(string token)
    {
        await using var notes = await NotesClient.StartAsync();
        await notes.PushAsync("phone", NotesClient.Insert("a", "x"));

        using var answer = await notes.PullRawAsync(token);

        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
    }

    [Fact]
    public async Task Changes_DeletedNote_CarriesNoText()
    {
        await using var notes = await NotesClient.StartAsync();
        await notes.PushAsync("phone", NotesClient.Insert("a", "secret"));
        await notes.PushAsync("phone", NotesClient.Delete("a", 10, 1));

        var change = Assert.Single((await notes.PullAsync(null)).Changes);

        Assert.Equal((true, "", ""), (change.IsDeleted, change.Title, change.Body));
    }

    private static async Task ForgetAsync(NotesClient notes)
    {
        await using var store = new NotesStore(new NotesServerOptions { ConnectionString = notes.Database.ConnectionString });
        await store.PurgeAsync(NotesClient.Now.AddDays(1), NotesClient.Now.AddDays(1), CancellationToken.None);
    }
}
