using System.Net;
using Microsoft.Data.Sqlite;
using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Tests.Support;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Loop;

/// <summary>
/// Bugs of other sync engines that this one must not have: the test's name ends in where the bug was reported. <c>docs/engine.md</c> lists them with the guard
/// whose removal each test notices.
/// </summary>
public sealed class KnownBugTests
{
    /// <summary>Bug 1: the answer is lost, the push comes again; meanwhile another device has edited on top of it.</summary>
    [Fact]
    public async Task Push_AnswerLostAndNoteEditedElsewhere_IsAppliedOnceAndNoConflict_AzureMobileServices811()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: static options => options.MaxRetries = 0);
        await using var tablet = new TestDevice(server, "tablet");
        phone.Engine.Notes.Create("from the phone", "");
        phone.Network.AnswersToLose = 1;
        await phone.SyncAsync();
        await tablet.SyncAsync();
        var id = Assert.Single(tablet.Engine.Notes.List()).Id;
        server.Time.Advance(TimeSpan.FromMinutes(1));
        tablet.Engine.Notes.Update(id, "from the tablet, knowing the phone's", "");
        await tablet.SyncAsync();

        phone.Restart();
        var result = await phone.SyncAsync();

        Assert.Equal((SyncOutcome.Success, 1, 0), (result.Outcome, result.Pushed, result.Conflicts));
        Assert.Equal("from the tablet, knowing the phone's", Assert.Single(phone.Engine.Notes.List()).Content.Title);
        Assert.Equal(2, await VersionAsync(server));
    }

    /// <summary>Bug 1, its kin: every third answer is lost, the app dies after each loss, and every edit takes effect exactly once.</summary>
    [Fact]
    public async Task Push_EveryThirdAnswerLost_TakesEffectOncePerEdit_Eventra17854()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: static options => (options.MaxRetries, options.PushLimit) = (0, 2));
        for (var count = 0; count < 12; count++)
            phone.Engine.Notes.Create($"note {count}", "");
        while (phone.Engine.Status().Outbox.Waiting > 0)
        {
            phone.Network.AnswersToLose = phone.Network.Requests % 3 == 0 ? 1 : 0;
            if ((await phone.SyncAsync()).Outcome == SyncOutcome.Failure)
                phone.Restart();
        }

        Assert.Equal(12, await VersionAsync(server));
        Assert.Equal(12, phone.Engine.Notes.Count());
    }

    /// <summary>Bug 2: the server has forgotten the answer to a push whose effect is there. The retry meets its own edit: no conflict, no second effect.</summary>
    [Fact]
    public async Task Push_RetriedAfterTheServerForgotItsKey_IsNoConflictWithOneself_AzureMobileApps460()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: static options => options.MaxRetries = 0);
        var id = phone.Engine.Notes.Create("first", "").Id;
        await phone.SyncAsync();
        phone.Engine.Notes.Update(id, "second", "");
        phone.Network.AnswersToLose = 1;
        await phone.SyncAsync();
        await ExecuteAsync(server, "delete from notes.push");

        phone.Restart();
        var result = await phone.SyncAsync();

        Assert.Equal((SyncOutcome.Success, 1, 0), (result.Outcome, result.Pushed, result.Conflicts));
        Assert.Equal(2, await VersionAsync(server));
    }

    /// <summary>Bug 3: the app dies before or after the server has applied the insert, and the user edits on. The edit must reach the server, as an update.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Push_KilledAndEditedMeanwhile_TheEditArrives_DotmimSync160(bool reachesTheServer)
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: static options => options.MaxRetries = 0);
        await using var tablet = new TestDevice(server, "tablet");
        var id = phone.Engine.Notes.Create("inserted", "").Id;
        (phone.Network.AnswersToLose, phone.Network.IsDown) = reachesTheServer ? (1, false) : (0, true);
        await phone.SyncAsync();
        phone.Network.IsDown = false;
        phone.Restart();
        phone.Engine.Notes.Update(id, "edited after the kill", "");

        var result = await phone.SyncAsync();
        await tablet.SyncAsync();

        Assert.Equal((SyncOutcome.Success, 0), (result.Outcome, result.Conflicts));
        Assert.Equal("edited after the kill", Assert.Single(tablet.Engine.Notes.List()).Content.Title);
    }

    /// <summary>Bug 6: a row of the page cannot be stored. The token must not say that it was.</summary>
    [Fact]
    public async Task Pull_ARowCannotBeStored_TheTokenStaysBehindIt_PouchDb1240()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        await using var tablet = new TestDevice(server, "tablet");
        await tablet.SyncAsync();
        phone.Engine.Notes.Create("fine", "");
        phone.Engine.Notes.Create("poison", "");
        await phone.SyncAsync();
        await ExecuteAsync(tablet, "create trigger refusal before insert on note when new.title = 'poison' begin select raise(abort, 'disk full'); end");

        var failed = await tablet.SyncAsync();
        Assert.Equal((SyncOutcome.Failure, SyncErrorKind.Storage, 0), (failed.Outcome, failed.ErrorKind, tablet.Engine.Notes.Count()));
        await ExecuteAsync(tablet, "drop trigger refusal");
        tablet.Restart();
        await tablet.SyncAsync();

        Assert.Equal(2, tablet.Engine.Notes.Count());
    }

    /// <summary>Bug 7: the note is edited while its push is on its way. The answer must not mark the newer edit as sent.</summary>
    [Fact]
    public async Task Push_EditedWhileOnItsWay_TheNewerEditIsSentToo_WatermelonDb1374()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: static options => options.PushLimit = 1);
        await using var tablet = new TestDevice(server, "tablet");
        var id = phone.Engine.Notes.Create("sent", "").Id;
        phone.Network.Before = _ =>
        {
            phone.Network.Before = static _ => Task.CompletedTask;
            phone.Engine.Notes.Update(id, "typed meanwhile", "");
            return Task.CompletedTask;
        };

        var result = await phone.SyncAsync();
        await tablet.SyncAsync();

        Assert.Equal((2, 0), (result.Pushed, result.Waiting));
        Assert.Equal("typed meanwhile", Assert.Single(tablet.Engine.Notes.List()).Content.Title);
        Assert.False(phone.Engine.Notes.Find(id)!.IsPending);
    }

    /// <summary>Bug 8: one operation of the queue is refused for good, makes the server fail, or is refused for who sends it.</summary>
    [Theory]
    [InlineData(HttpStatusCode.UnprocessableEntity, 1, 1)]
    [InlineData(HttpStatusCode.InternalServerError, 8, 1)]
    public async Task Push_OneOperationAlwaysFails_TheOthersFlowAndItIsParked_Hercycle313(HttpStatusCode answer, int cycles, int parked)
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: static options => options.MaxRetries = 0);
        await using var tablet = new TestDevice(server, "tablet");
        tablet.Engine.Notes.Create("to be pulled", "");
        await tablet.SyncAsync();
        for (var count = 0; count < 5; count++)
            phone.Engine.Notes.Create(count == 2 ? "poison" : $"fine {count}", "");
        PoisonAnswers(phone, answer);

        await phone.SyncAsync();
        Assert.Equal(6, phone.Engine.Notes.Count());
        await tablet.SyncAsync();
        Assert.Equal(5, tablet.Engine.Notes.Count());
        for (var cycle = 1; cycle < cycles; cycle++)
            await phone.SyncAsync();

        Assert.Equal((0, parked), (phone.Engine.Status().Outbox.Waiting, phone.Engine.Status().Outbox.Parked));
        Assert.True(await phone.Telemetry.FlushAsync());
        Assert.Contains(phone.Ingest.Events, static item => item.TryGetProperty("failures", out var failures) && failures.EnumerateArray().Any(static line => line.GetProperty("parked").GetBoolean()));
    }

    /// <summary>Bug 8: a whole server that fails parks nothing, however long it does.</summary>
    [Fact]
    public async Task Push_TheServerFailsAsAWhole_ParksNothing_Replicache333()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: static options => options.MaxRetries = 0);
        for (var count = 0; count < 5; count++)
            phone.Engine.Notes.Create($"fine {count}", "");
        var isBroken = true;
        phone.Network.Before = _ =>
        {
            if (isBroken)
                phone.Network.Refusals.Enqueue(HttpStatusCode.InternalServerError);
            return Task.CompletedTask;
        };
        for (var cycle = 0; cycle < 30; cycle++)
            await phone.SyncAsync();
        Assert.Equal((5, 0), (phone.Engine.Status().Outbox.Waiting, phone.Engine.Status().Outbox.Parked));
        Assert.True(phone.Network.Requests <= 30 * 5, $"{phone.Network.Requests} requests to a server that fails");

        isBroken = false;
        await phone.SyncAsync();

        Assert.Equal((0, 0), (phone.Engine.Status().Outbox.Waiting, phone.Engine.Status().Outbox.Parked));
    }

    /// <summary>Bug 8: signed out. Nothing is dropped or parked, and after the sign-in it goes on.</summary>
    [Fact]
    public async Task Push_Unauthorized_KeepsEverythingUntilTheSignIn_Hercycle313()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        phone.Engine.Notes.Create("kept", "");
        for (var cycle = 0; cycle < 20; cycle++)
        {
            phone.Network.Refusals.Enqueue(HttpStatusCode.Unauthorized);
            Assert.Equal(SyncErrorKind.Auth, (await phone.SyncAsync()).ErrorKind);
        }

        Assert.Equal((1, 0, 1), (phone.Engine.Status().Outbox.Waiting, phone.Engine.Status().Outbox.Parked, phone.Engine.Notes.Count()));
        Assert.Equal(1, (await phone.SyncAsync()).Pushed);
    }

    /// <summary>Bug 10: created, synced, deleted, synced in quick succession: its own echo must not bring the note back.</summary>
    [Fact]
    public async Task Delete_RightAfterTheCreation_ItsOwnEchoRevivesNothing_WatermelonDb649()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        var id = phone.Engine.Notes.Create("short-lived", "").Id;
        phone.Network.Before = request =>
        {
            if (request.Method == HttpMethod.Get && phone.Engine.Notes.Find(id) is not null)
                phone.Engine.Notes.Delete(id);
            return Task.CompletedTask;
        };

        var first = await phone.SyncAsync();
        Assert.Null(phone.Engine.Notes.Find(id));
        var second = await phone.SyncAsync();
        await phone.SyncAsync();

        Assert.Equal((0, 0), (first.Conflicts, second.Conflicts));
        Assert.Null(phone.Engine.Notes.Find(id));
        Assert.Equal(DataState.Synced, phone.Engine.Status().State);
    }

    /// <summary>Bug 11: clocks of every kind of wrong. A clock that is behind still follows what it has seen; one that is ahead wins for minutes, not years.</summary>
    [Theory]
    [InlineData(-60)]
    [InlineData(60)]
    [InlineData(-60 * 24 * 365 * 56)]
    [InlineData(60 * 24 * 365 * 73)]
    public async Task Update_ClockIsWrong_TheLaterEditStillStands_WatchShelf61(int minutesOff)
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        await using var watch = new TestDevice(server.Address, new ManualTimeProvider(Some.Start.AddMinutes(minutesOff)), "watch");
        var id = phone.Engine.Notes.Create("first", "").Id;
        await phone.SyncAsync();
        await watch.SyncAsync();
        watch.Engine.Notes.Update(id, "by the watch, knowing the first", "");
        var pushed = await watch.SyncAsync();
        await phone.SyncAsync();
        Assert.Equal("by the watch, knowing the first", phone.Engine.Notes.Find(id)!.Content.Title);
        server.Time.Advance(TimeSpan.FromMinutes(6));
        phone.Engine.Notes.Update(id, "by the phone, six minutes later", "");
        watch.Engine.Notes.Update(id, "by the watch, before it heard of that", "");
        await phone.SyncAsync();
        await watch.SyncAsync();
        await phone.SyncAsync();

        Assert.Equal(0, pushed.Conflicts);
        Assert.Equal(watch.Engine.Notes.Find(id)!.Content.Title, phone.Engine.Notes.Find(id)!.Content.Title);
    }

    /// <summary>Bug 11: a watch an hour behind edits on top of the newest edit; an older edit that comes late must not beat it.</summary>
    [Fact]
    public async Task Update_ByASlowClockKnowingTheNewestEdit_BeatsAnOlderOne_WatchShelf61()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        await using var tablet = new TestDevice(server, "tablet");
        await using var watch = new TestDevice(server.Address, new ManualTimeProvider(Some.Start.AddHours(-1)), "watch");
        var id = phone.Engine.Notes.Create("first", "").Id;
        await phone.SyncAsync();
        await tablet.SyncAsync();
        server.Time.Advance(TimeSpan.FromMinutes(1));
        tablet.Engine.Notes.Update(id, "by the tablet, sent late", "");
        server.Time.Advance(TimeSpan.FromMinutes(1));
        phone.Engine.Notes.Update(id, "by the phone, after the tablet", "");
        await phone.SyncAsync();
        await watch.SyncAsync();
        watch.Engine.Notes.Update(id, "by the watch, knowing the phone's", "");
        await watch.SyncAsync();

        await tablet.SyncAsync();

        Assert.Equal("by the watch, knowing the phone's", tablet.Engine.Notes.Find(id)!.Content.Title);
    }

    /// <summary>Bug 11: the clock was years ahead, and somebody has set it right. What it gave out while it was wrong must not make its edits win from then on.</summary>
    [Fact]
    public async Task Update_ClockWasAheadAndIsSetRight_WinsNoLonger_Frontier697()
    {
        await using var server = await NotesServerFixture.StartAsync();
        var clock = new ManualTimeProvider(Some.Start.AddYears(10));
        await using var watch = new TestDevice(server.Address, clock, "watch");
        await using var phone = new TestDevice(server, "phone");
        watch.Engine.Notes.Create("while it was wrong", "");
        await watch.SyncAsync();
        var id = phone.Engine.Notes.Create("shared", "").Id;
        server.Time.Advance(TimeSpan.FromHours(1));
        clock.Advance(server.Time.GetUtcNow() - clock.GetUtcNow());
        await phone.SyncAsync();
        await watch.SyncAsync();
        watch.Engine.Notes.Update(id, "by the watch", "");
        server.Time.Advance(TimeSpan.FromMinutes(1));
        phone.Engine.Notes.Update(id, "by the phone, a minute later", "");

        await watch.SyncAsync();
        await phone.SyncAsync();
        await watch.SyncAsync();

        Assert.Equal("by the phone, a minute later", watch.Engine.Notes.Find(id)!.Content.Title);
    }

    private static void PoisonAnswers(TestDevice device, HttpStatusCode answer) => device.Network.Before = async request =>
    {
        if (request.Content is { } content && (await content.ReadAsStringAsync()).Contains("poison", StringComparison.Ordinal))
            device.Network.Refusals.Enqueue(answer);
    };

    private static async Task<long> VersionAsync(NotesServerFixture server)
    {
        await using var command = server.Database.DataSource.CreateCommand("select version from notes.account where account = 'ann'");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(NotesServerFixture server, string sql)
    {
        await using var command = server.Database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task ExecuteAsync(TestDevice device, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={device.DatabasePath};Pooling=False");
        await connection.OpenAsync();
        await using var command = new SqliteCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
