using System.Net;
using Npgsql;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncServer.Tests.Support;
using Xunit;

namespace SyncHealth.SyncServer.Tests.Endpoints;

public sealed class PushTests
{
    [Fact]
    public async Task Push_SameKeyAgain_AnswersWordForWordAndHasNoSecondEffect()
    {
        await using var notes = await NotesClient.StartAsync();
        var body = NotesClient.Json(NotesClient.Insert("n", "title"));

        using var first = await notes.PushRawAsync("phone", "key", body);
        await notes.PushAsync("tablet", NotesClient.Update("n", "moved on", 10, 1));
        using var second = await notes.PushRawAsync("phone", "key", body);

        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal("moved on", Assert.Single((await notes.PullAsync(null)).Changes).Title);
    }

    [Fact]
    public async Task Push_SameKeyManyTimesAtOnce_AppliesOnce()
    {
        await using var notes = await NotesClient.StartAsync();
        var body = NotesClient.Json(NotesClient.Insert("n", "title"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            while (true)
            {
                using var answer = await notes.PushRawAsync("phone", "key", body);
                if (answer.StatusCode != HttpStatusCode.Conflict)
                    return await answer.Content.ReadAsStringAsync();
            }
        }));

        Assert.Single(answers.Distinct());
        Assert.Equal(1, Assert.Single((await notes.PullAsync(null)).Changes).Version);
    }

    /// <summary>
    /// A device that gave up waiting comes again while the server still works on its first attempt: it is neither done nor refused, and the next attempt gets
    /// the answer of the first. Another key of the account is not told so; it waits its turn.
    /// </summary>
    [Fact]
    public async Task Push_SameKeyStillInFlight_IsToldToComeAgain()
    {
        await using var notes = await NotesClient.StartAsync();
        await notes.PushAsync("tablet", NotesClient.Insert("before", "makes the account"));
        var body = NotesClient.Json(NotesClient.Insert("n", "title"));
        await using var busy = await notes.Database.DataSource.OpenConnectionAsync();
        var hold = await busy.BeginTransactionAsync();
        await LockAccountAsync(hold);

        var first = notes.PushRawAsync("phone", "key", body);
        await notes.WaitForLockAsync(waiting: 1);
        using var second = await notes.PushRawAsync("phone", "key", body);
        var other = notes.PushRawAsync("phone", "another", NotesClient.Json(NotesClient.Insert("m", "other")));
        await notes.WaitForLockAsync(waiting: 2);
        await hold.RollbackAsync();

        using var answered = await first;
        using var third = await notes.PushRawAsync("phone", "key", body);
        Assert.Equal((HttpStatusCode.Conflict, TimeSpan.FromSeconds(1)), (second.StatusCode, second.Headers.RetryAfter?.Delta));
        Assert.Contains("push_in_flight", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (answered.StatusCode, (await other).StatusCode));
        Assert.Equal(await answered.Content.ReadAsStringAsync(), await third.Content.ReadAsStringAsync());
        Assert.Equal(3, (await notes.PullAsync(null)).Changes.Count);
    }

    [Fact]
    public async Task Push_SameKeyOtherOperations_IsRefused()
    {
        await using var notes = await NotesClient.StartAsync();
        using var first = await notes.PushRawAsync("phone", "key", NotesClient.Json(NotesClient.Insert("n", "one")));

        using var second = await notes.PushRawAsync("phone", "key", NotesClient.Json(NotesClient.Insert("n", "two")));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.StatusCode);
        Assert.Contains("idempotency_key_reused", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_SameEditUnderAnotherKey_IsNoConflictWithOneself()
    {
        await using var notes = await NotesClient.StartAsync();
        await notes.PushAsync("phone", NotesClient.Insert("n", "title"));

        var result = Assert.Single((await notes.PushAsync("phone", NotesClient.Insert("n", "title"))).Results);

        Assert.Equal((PushStatus.Applied, 1L, null), (result.Status, result.Version, result.Conflict));
    }

    [Theory]
    [InlineData(5, PushStatus.Superseded, "remote", "tablet")]
    [InlineData(20, PushStatus.Applied, "local", "phone")]
    public async Task Push_OnAnOldVersion_TheLaterEditStays(int editedAt, string status, string winner, string title)
    {
        await using var notes = await NotesClient.StartAsync();
        await notes.PushAsync("phone", NotesClient.Insert("n", "shared"));
        await notes.PushAsync("tablet", NotesClient.Update("n", "tablet", 10, 1));

        var result = Assert.Single((await notes.PushAsync("phone", NotesClient.Update("n", "phone", editedAt, 1))).Results);

        Assert.Equal((status, "update_update", winner), (result.Status, result.Conflict?.Kind, result.Conflict?.Winner));
        Assert.Equal("tablet", result.Current?.Title);
        Assert.Equal(title, Assert.Single((await notes.PullAsync(null)).Changes).Title);
    }

    /// <summary>A device that merges by itself is asked to, whichever edit is later: the server decides nothing and takes nothing.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    public async Task Push_ByADeviceThatMerges_OnAnOldVersion_IsAnsweredWithWhatStands(int editedAt)
    {
        await using var notes = await NotesClient.StartAsync();
        await notes.PushAsync("phone", NotesClient.Insert("n", "shared"));
        await notes.PushAsync("tablet", NotesClient.Update("n", "tablet", 10, 1));

        var refused = Assert.Single((await notes.PushAsync("phone", NotesClient.Update("n", "phone", editedAt, 1) with { Merges = true })).Results);
        var merged = Assert.Single((await notes.PushAsync("phone", NotesClient.Update("n", "both", editedAt, refused.Version) with { Merges = true })).Results);

        Assert.Equal((PushStatus.Superseded, null, "tablet", 2L), (refused.Status, refused.Conflict, refused.Current?.Title, refused.Version));
        Assert.Equal((PushStatus.Applied, null), (merged.Status, merged.Conflict));
        Assert.Equal("both", Assert.Single((await notes.PullAsync(null)).Changes).Title);
    }

    [Theory]
    [InlineData("a", "remote")]
    [InlineData("z", "local")]
    public async Task Push_SameMoment_TheDeviceBreaksTheTie(string device, string winner)
    {
        await using var notes = await NotesClient.StartAsync();
        await notes.PushAsync("m", NotesClient.Insert("n", "shared"));
        await notes.PushAsync("m", NotesClient.Update("n", "by m", 10, 1));

        var result = Assert.Single((await notes.PushAsync(device, NotesClient.Update("n", "other", 10, 1))).Results);

        Assert.Equal(winner, result.Conflict?.Winner);
    }

    [Fact]
    public async Task Push_DeleteAgainstUpdate_IsNamedSo()
    {
        await using var notes = await NotesClient.StartAsync();
        await notes.PushAsync("phone", NotesClient.Insert("n", "shared"));
        await notes.PushAsync("tablet", NotesClient.Update("n", "tablet", 10, 1));

        var result = Assert.Single((await notes.PushAsync("phone", NotesClient.Delete("n", 20, 1))).Results);

        Assert.Equal(("delete_update", "local"), (result.Conflict?.Kind, result.Conflict?.Winner));
        Assert.True(Assert.Single((await notes.PullAsync(null)).Changes).IsDeleted);
    }

    [Fact]
    public async Task Push_UpdateOfAForgottenNote_DoesNotBringItBack()
    {
        await using var notes = await NotesClient.StartAsync();

        var result = Assert.Single((await notes.PushAsync("phone", NotesClient.Update("n", "old edit", 10, 7))).Results);

        Assert.Equal((PushStatus.Superseded, "update_delete", true), (result.Status, result.Conflict?.Kind, result.Current?.IsDeleted));
        Assert.Empty((await notes.PullAsync(null)).Changes);
    }

    [Fact]
    public async Task Push_ClockFarAhead_IsHeldToFiveMinutes()
    {
        await using var notes = await NotesClient.StartAsync();

        var result = Assert.Single((await notes.PushAsync("phone", NotesClient.Insert("n", "future", 365 * 24 * 3600))).Results);

        Assert.Equal(NotesClient.Now.AddMinutes(5).ToUnixTimeMilliseconds(), result.EditedAt);
    }

    [Fact]
    public async Task Push_OneOperationTooLarge_IsRejectedAloneAndTheOthersApply()
    {
        await using var notes = await NotesClient.StartAsync();

        var results = (await notes.PushAsync("phone", NotesClient.Insert("a", "fine"), NotesClient.Insert("b", new string('x', 501)), NotesClient.Insert("c", "a \0 nul"))).Results;

        Assert.Equal([PushStatus.Applied, PushStatus.Rejected, PushStatus.Applied], results.Select(result => result.Status));
        Assert.Equal("too_large", results[1].Reason);
        Assert.Equal(["fine", "a \uFFFD nul"], (await notes.PullAsync(null)).Changes.Select(change => change.Title));
    }

    [Theory]
    [InlineData(null, """{"operations":[]}""", "idempotency_key_required")]
    [InlineData("k", "{", "malformed")]
    [InlineData("k", "null", "malformed")]
    [InlineData("k", """{"operations":[null]}""", "malformed")]
    [InlineData("k", """{"operations":[{"kind":"insert"}]}""", "malformed")]
    public async Task Push_Malformed_IsRefusedWithACode(string? key, string body, string code)
    {
        await using var notes = await NotesClient.StartAsync();

        using var answer = await notes.PushRawAsync("phone", key, body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(code, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_NoCaller_IsRefused()
    {
        await using var notes = await NotesClient.StartAsync();

        using var answer = await notes.PushRawAsync("phone", "k", NotesClient.Json(), account: "");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static async Task LockAccountAsync(NpgsqlTransaction transaction)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "select from notes.account where account = 'ann' for update";
        await command.ExecuteNonQueryAsync();
    }
}
