using System.Net;
using Microsoft.Data.Sqlite;
using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Tests.Support;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Loop;

/// <summary>What must hold when the network, the server or the app fails half-way.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task Push_AnswerLost_IsSentAgainAndAppliedOnce()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        await using var tablet = new TestDevice(server, "tablet");
        phone.Engine.Notes.Create("once", "");
        phone.Network.AnswersToLose = 2;

        var result = await phone.SyncAsync();
        await tablet.SyncAsync();

        Assert.Equal((SyncOutcome.Success, 1, 2, 0), (result.Outcome, result.Pushed, result.Retries, result.Conflicts));
        Assert.Single(tablet.Engine.Notes.List());
        Assert.Equal(1, await VersionAsync(server));
    }

    [Fact]
    public async Task Push_AppKilledBetweenPushAndAcknowledgement_DoesNotDuplicate()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: options => options.MaxRetries = 0);
        var id = phone.Engine.Notes.Create("once", "").Id;
        phone.Network.AnswersToLose = 1;
        var failed = await phone.SyncAsync();
        phone.Restart();
        phone.Engine.Notes.Update(id, "edited after the restart", "");

        var result = await phone.SyncAsync();

        Assert.Equal(SyncOutcome.Failure, failed.Outcome);
        Assert.Equal((SyncOutcome.Success, 2, 0), (result.Outcome, result.Pushed, result.Conflicts));
        Assert.Equal("edited after the restart", Assert.Single(phone.Engine.Notes.List()).Content.Title);
        Assert.Equal(2, await VersionAsync(server));
    }

    [Fact]
    public async Task Push_Unanswered_KeepsItsKeyOverARestart()
    {
        await using var server = await NotesServerFixture.StartAsync();
        var keys = new List<string>();
        await using var phone = new TestDevice(server, "phone", configure: options => options.MaxRetries = 0);
        phone.Network.Before = request =>
        {
            if (request.Headers.TryGetValues("Idempotency-Key", out var values))
                keys.AddRange(values);
            return Task.CompletedTask;
        };
        phone.Engine.Notes.Create("kept", "");
        phone.Network.IsDown = true;
        await phone.SyncAsync();
        phone.Restart();
        phone.Network.IsDown = false;

        await phone.SyncAsync();

        Assert.Equal(2, keys.Count);
        Assert.Single(keys.Distinct());
    }

    [Fact]
    public async Task Offline_QueueGrows_ReconnectDrainsIt()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        await phone.SyncAsync();
        (phone.Network.IsDown, phone.State) = (true, new NetworkState(SyncNetwork.None, null));
        for (var count = 0; count < 250; count++)
            phone.Engine.Notes.Create($"offline {count}", "");

        var offline = await phone.SyncAsync();
        var pending = phone.Engine.Status();
        (phone.Network.IsDown, phone.State) = (false, new NetworkState(SyncNetwork.Cellular, true));
        var online = await phone.Engine.SyncAsync(SyncTrigger.Reconnect);

        Assert.Equal((SyncOutcome.Failure, SyncErrorKind.Offline, 250, 0), (offline.Outcome, offline.ErrorKind, offline.Waiting, offline.Retries));
        Assert.Equal((DataState.LocalChangesPending, 250), (pending.State, pending.Outbox.Waiting));
        Assert.Equal((SyncOutcome.Success, 250, 0), (online.Outcome, online.Pushed, online.Waiting));
        Assert.Equal(DataState.Synced, phone.Engine.Status().State);
    }

    [Fact]
    public async Task Restart_KeepsNotesAndOutbox()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        var id = phone.Engine.Notes.Create("survives", "").Id;

        phone.Restart();

        Assert.True(phone.Engine.Notes.Find(id)!.IsPending);
        Assert.Equal(1, (await phone.SyncAsync()).Pushed);
        Assert.False(phone.Engine.Notes.Find(id)!.IsPending);
    }

    [Fact]
    public async Task Cycle_ServerErrors_RetriesWithBackoffAndSucceeds()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        phone.Network.Refusals.Enqueue(HttpStatusCode.ServiceUnavailable);
        phone.Network.Refusals.Enqueue(HttpStatusCode.BadGateway);

        var result = await phone.SyncAsync();

        Assert.Equal((SyncOutcome.Success, 2), (result.Outcome, result.Retries));
        Assert.InRange(phone.Clock.Waits[0], TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.InRange(phone.Clock.Waits[1], TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Cycle_ServerStaysDown_FailsAsDataWithItsCode()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        for (var count = 0; count < 4; count++)
            phone.Network.Refusals.Enqueue(HttpStatusCode.ServiceUnavailable);

        var result = await phone.SyncAsync();

        Assert.Equal((SyncOutcome.Failure, SyncErrorKind.Server, "http_503", 3), (result.Outcome, result.ErrorKind, result.ErrorCode, result.Retries));
        Assert.Equal(DataState.Stale, phone.Engine.Status().State);
    }

    [Fact]
    public async Task Cycle_Cancelled_IsReportedAsCancelled()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        using var stop = new CancellationTokenSource();
        phone.Network.Before = async _ => await stop.CancelAsync();

        var result = await phone.Engine.SyncAsync(SyncTrigger.User, stop.Token);

        Assert.Equal((SyncOutcome.Cancelled, SyncErrorKind.Cancelled), (result.Outcome, result.ErrorKind));
    }

    [Fact]
    public async Task Push_OnePoisonedOperation_IsParkedAndTheOthersFlow()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        for (var count = 0; count < 5; count++)
            phone.Engine.Notes.Create(count == 2 ? "poison" : $"fine {count}", "");
        phone.Network.Before = async request =>
        {
            if (request.Content is { } content && (await content.ReadAsStringAsync()).Contains("poison", StringComparison.Ordinal))
                phone.Network.Refusals.Enqueue(HttpStatusCode.UnprocessableEntity);
        };

        var result = await phone.SyncAsync();

        Assert.Equal((SyncOutcome.Partial, 4, 1, 0), (result.Outcome, result.Pushed, result.Rejected, result.Waiting));
        Assert.Equal(1, phone.Engine.Status().Outbox.Parked);
        Assert.Equal(DataState.LocalChangesPending, phone.Engine.Status().State);
    }

    [Theory]
    [InlineData("outbox")]
    [InlineData("sync_state")]
    public async Task Cycle_LocalDatabaseBroken_FailsAsDataAndIsReported(string table)
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        await using (var other = new SqliteConnection($"Data Source={phone.DatabasePath};Pooling=False"))
        {
            await other.OpenAsync();
            await using var command = new SqliteCommand($"drop table {table}", other);
            await command.ExecuteNonQueryAsync();
        }

        var result = await phone.SyncAsync();
        await phone.Telemetry.FlushAsync();

        Assert.Equal((SyncOutcome.Failure, SyncErrorKind.Storage, "sqlite_1"), (result.Outcome, result.ErrorKind, result.ErrorCode));
        Assert.Equal("storage", Assert.Single(phone.Ingest.Events).GetProperty("error").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Sync_CalledWhileRunning_JoinsTheCycle()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        var reached = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        phone.Network.Before = async _ =>
        {
            reached.TrySetResult();
            await goOn.Task;
        };

        var first = phone.SyncAsync();
        await reached.Task;
        var second = phone.SyncAsync();
        Assert.Equal(DataState.Syncing, phone.Engine.Status().State);
        goOn.SetResult();

        Assert.Same(await first, await second);
        Assert.Equal(1, phone.Network.Requests);
    }

    private static async Task<long> VersionAsync(NotesServerFixture server)
    {
        await using var command = server.Database.DataSource.CreateCommand("select version from notes.account where account = 'ann'");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
