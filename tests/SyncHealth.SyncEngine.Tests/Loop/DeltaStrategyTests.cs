using Npgsql;
using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncEngine.Tests.Support;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Loop;

/// <summary>The three ways to ask for what is new, each against the real server: what holds of one holds of all.</summary>
public sealed class DeltaStrategyTests
{
    public static TheoryData<DeltaStrategy> Strategies => [DeltaStrategy.Token, DeltaStrategy.Timestamp, DeltaStrategy.VersionMap];

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Sync_ChangesAndDeletions_ArriveOnceAndNothingElse(DeltaStrategy strategy)
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = Device(server, "phone", strategy);
        await using var tablet = Device(server, "tablet", strategy);
        var ids = Enumerable.Range(0, 5).Select(number => phone.Engine.Notes.Create($"note {number}", "").Id).ToArray();
        await phone.SyncAsync();
        var first = await tablet.SyncAsync();
        phone.Engine.Notes.Update(ids[0], "changed", "");
        phone.Engine.Notes.Delete(ids[1]);
        await phone.SyncAsync();

        var second = await tablet.SyncAsync();
        var third = await tablet.SyncAsync();

        Assert.Equal((SyncType.Full, 5), (first.Type, first.Pulled));
        Assert.Equal((SyncType.Delta, 2, 2), (second.Type, second.Pulled, second.Applied));
        Assert.Equal((SyncType.Delta, 0), (third.Type, third.Pulled));
        Assert.Equal(NotesOf(phone), NotesOf(tablet));
        Assert.Equal("changed", tablet.Engine.Notes.Find(ids[0])?.Content.Title);
        Assert.Null(tablet.Engine.Notes.Find(ids[1]));
    }

    /// <summary>Pages end inside one moment: none is repeated for ever, none left out (azure-mobile-apps 916, 1f916 PR 78).</summary>
    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Sync_ThousandChangesOfOneMoment_ArriveInPagesOfAHundred(DeltaStrategy strategy)
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = Device(server, "phone", strategy, static options => options.PushLimit = 1000);
        await using var tablet = Device(server, "tablet", strategy, static options => options.PageLimit = 100);
        await tablet.SyncAsync();
        phone.Engine.Notes.CreateMany([.. Enumerable.Range(0, 1000).Select(number => ($"note {number}", ""))]);
        await phone.SyncAsync();
        var before = tablet.Network.Requests;

        var result = await tablet.SyncAsync();

        Assert.Equal((SyncType.Delta, 1000, 10), (result.Type, result.Pulled, tablet.Network.Requests - before));
        Assert.Equal(1000, tablet.Engine.Notes.Count());
    }

    /// <summary>The push that came first commits last, and a reader asks in between: its row must not be behind the reader's cursor (Dotmim.Sync 300).</summary>
    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Sync_CommitsOutOfOrder_SkipNoRow(DeltaStrategy strategy)
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var fast = Device(server, "fast", strategy);
        await using var reader = Device(server, "reader", strategy);
        fast.Engine.Notes.Create("first", "");
        await fast.SyncAsync();
        await reader.SyncAsync();
        await using var connection = await server.Database.DataSource.OpenConnectionAsync();
        await using var slow = await connection.BeginTransactionAsync();
        await TakePushAsync(connection, slow, server.Time.GetUtcNow());
        server.Time.Advance(TimeSpan.FromSeconds(1));
        fast.Engine.Notes.Create("second", "");

        var later = fast.SyncAsync();
        await WaitForLockAsync(server, later);
        await reader.SyncAsync();
        await slow.CommitAsync();
        await later;
        await reader.SyncAsync();

        Assert.Equal(["first", "second", "slow"], reader.Engine.Notes.List().Select(note => note.Content.Title).Order());
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task FirstSync_InterruptedBetweenPages_GoesOnWhereItStopped(DeltaStrategy strategy)
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = Device(server, "phone", strategy);
        phone.Engine.Notes.CreateMany([.. Enumerable.Range(0, 30).Select(number => ($"note {number}", ""))]);
        await phone.SyncAsync();
        await using var tablet = Device(server, "tablet", strategy, static options => (options.PageLimit, options.MaxRetries) = (10, 0));
        tablet.Network.Before = _ =>
        {
            tablet.Network.IsDown = tablet.Network.Requests == 3;
            return Task.CompletedTask;
        };

        var first = await tablet.SyncAsync();
        tablet.Restart();
        var second = await tablet.SyncAsync();

        Assert.Equal((SyncOutcome.Failure, 20), (first.Outcome, first.Pulled));
        Assert.Equal((SyncType.Full, SyncOutcome.Success, 10), (second.Type, second.Outcome, second.Pulled));
        Assert.Equal(30, tablet.Engine.Notes.Count());
    }

    /// <summary>Away for longer than deletions are remembered: what was deleted goes, what was edited meanwhile does not bring it back, other edits stay.</summary>
    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Sync_AwayLongerThanTombstonesAreKept_MissesNoDeletionAndRevivesNone(DeltaStrategy strategy)
    {
        await using var server = await NotesServerFixture.StartAsync(static options =>
            (options.TombstoneRetention, options.RetentionInterval) = (TimeSpan.FromDays(30), TimeSpan.FromDays(1)));
        await using var phone = Device(server, "phone", strategy);
        await using var tablet = Device(server, "tablet", strategy, static options => options.PageLimit = 3);
        var ids = Enumerable.Range(0, 10).Select(number => phone.Engine.Notes.Create($"note {number}", "").Id).ToArray();
        await phone.SyncAsync();
        await tablet.SyncAsync();
        phone.Engine.Notes.Delete(ids[0]);
        phone.Engine.Notes.Delete(ids[1]);
        await phone.SyncAsync();
        tablet.Engine.Notes.Update(ids[1], "edit of a note deleted long ago", "");
        tablet.Engine.Notes.Update(ids[2], "edited while away", "");
        await server.ForgetTombstonesAsync();

        var result = await tablet.SyncAsync();
        var after = await tablet.SyncAsync();
        await phone.SyncAsync();

        Assert.Equal((SyncOutcome.Success, 1), (result.Outcome, result.Conflicts));
        Assert.Equal((SyncType.Delta, 0), (after.Type, after.Pulled));
        Assert.Equal(8, tablet.Engine.Notes.Count());
        Assert.Equal(NotesOf(phone), NotesOf(tablet));
        Assert.Equal("edited while away", phone.Engine.Notes.Find(ids[2])?.Content.Title);
    }

    /// <summary>The note's edit goes out just when its deletion is forgotten, and the user types on: the newer edit must not create the note anew.</summary>
    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Sync_EditedAgainWhileTheForgottenDeletionArrives_DoesNotRevive(DeltaStrategy strategy)
    {
        await using var server = await NotesServerFixture.StartAsync(static options =>
            (options.TombstoneRetention, options.RetentionInterval) = (TimeSpan.FromDays(30), TimeSpan.FromDays(1)));
        await using var phone = Device(server, "phone", strategy);
        await using var tablet = Device(server, "tablet", strategy);
        var id = phone.Engine.Notes.Create("note", "").Id;
        await phone.SyncAsync();
        await tablet.SyncAsync();
        phone.Engine.Notes.Delete(id);
        await phone.SyncAsync();
        await server.ForgetTombstonesAsync();
        tablet.Engine.Notes.Update(id, "an edit", "");
        tablet.Network.Before = _ =>
        {
            tablet.Network.Before = static _ => Task.CompletedTask;
            tablet.Engine.Notes.Update(id, "a second edit, made meanwhile", "");
            return Task.CompletedTask;
        };

        await tablet.SyncAsync();
        await tablet.SyncAsync();
        await phone.SyncAsync();

        Assert.Empty(tablet.Engine.Notes.List());
        Assert.Empty(phone.Engine.Notes.List());
        Assert.Equal(0, tablet.Engine.Status().Outbox.Waiting);
    }

    [Theory]
    [InlineData(DeltaStrategy.Token, DeltaStrategy.Timestamp)]
    [InlineData(DeltaStrategy.Token, DeltaStrategy.VersionMap)]
    [InlineData(DeltaStrategy.Timestamp, DeltaStrategy.Token)]
    [InlineData(DeltaStrategy.Timestamp, DeltaStrategy.VersionMap)]
    [InlineData(DeltaStrategy.VersionMap, DeltaStrategy.Token)]
    [InlineData(DeltaStrategy.VersionMap, DeltaStrategy.Timestamp)]
    public async Task Restart_WithAnotherStrategy_KeepsEditsAndMissesNothing(DeltaStrategy from, DeltaStrategy to)
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = Device(server, "phone", DeltaStrategy.Token);
        await using var tablet = Device(server, "tablet", from);
        var ids = Enumerable.Range(0, 5).Select(number => phone.Engine.Notes.Create($"note {number}", "").Id).ToArray();
        await phone.SyncAsync();
        await tablet.SyncAsync();
        phone.Engine.Notes.Delete(ids[0]);
        phone.Engine.Notes.Update(ids[1], "changed", "");
        await phone.SyncAsync();
        tablet.Engine.Notes.Update(ids[2], "edited offline", "");

        tablet.Configure = options => options.Delta = to;
        tablet.Restart();
        var result = await tablet.SyncAsync();
        var after = await tablet.SyncAsync();
        await phone.SyncAsync();

        Assert.Equal((SyncOutcome.Success, 1), (result.Outcome, result.Pushed));
        Assert.Equal((SyncType.Delta, 0), (after.Type, after.Pulled));
        Assert.Equal(NotesOf(phone), NotesOf(tablet));
        Assert.Equal(4, tablet.Engine.Notes.Count());
    }

    private static TestDevice Device(NotesServerFixture server, string name, DeltaStrategy strategy, Action<EngineOptions>? configure = null) =>
        new(server, name, configure: options =>
        {
            options.Delta = strategy;
            configure?.Invoke(options);
        });

    private static string[] NotesOf(TestDevice device) =>
        [.. device.Engine.Notes.List().Select(note => $"{note.Id} {note.Content.Title}").Order(StringComparer.Ordinal)];

    private static async Task TakePushAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset now)
    {
        await using var push = new NpgsqlCommand(
            "select notes.take_push('ann', 'slow', 'k', '\\x00', '[{\"kind\":\"insert\",\"id\":\"slow\",\"title\":\"slow\",\"body\":\"\",\"editedAt\":1,\"baseVersion\":0}]', @now)", connection, transaction);
        push.Parameters.AddWithValue("now", now);
        await push.ExecuteNonQueryAsync();
    }

    /// <summary>Until the later push either waits for the earlier one, as it has to, or has overtaken it.</summary>
    private static async Task WaitForLockAsync(NotesServerFixture server, Task later)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var command = server.Database.DataSource.CreateCommand(
            "select exists (select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')");
        while (!later.IsCompleted && !(bool)(await command.ExecuteScalarAsync(limit.Token))!)
            await Task.Yield();
    }
}
