using System.Net;
using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Tests.Support;
using SyncHealth.SyncEngine.Triggers;
using Xunit;

namespace SyncHealth.SyncEngine.Tests;

/// <summary>Every step from one data state to another, as a screen that watches the engine sees it.</summary>
public sealed class StatusStreamTests
{
    [Fact]
    public async Task Watch_FromTheFirstStart_SeesEveryStep()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        await using var states = new StateWatch(phone);
        Assert.Equal(DataState.Stale, await states.NextAsync());

        Assert.Equal((DataState.Syncing, DataState.Synced), await SyncAsync(phone, states));

        phone.Engine.Notes.Create("typed", "");
        Assert.Equal(DataState.LocalChangesPending, await states.NextAsync());

        Assert.Equal((DataState.Syncing, DataState.Synced), await SyncAsync(phone, states));
    }

    [Fact]
    public async Task Watch_NothingHappensForLong_TurnsStaleByItself()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        await phone.SyncAsync();
        await using var states = new StateWatch(phone);
        Assert.Equal(DataState.Synced, await states.NextAsync());

        // The clock moves on until the watcher has noticed: when its timer is set up is its own matter.
        var next = states.NextAsync();
        while (!next.IsCompleted)
        {
            server.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        Assert.Equal(DataState.Stale, await next);
    }

    [Fact]
    public async Task Watch_FailedCycle_TurnsStaleAndOneThatDoesEverythingMendsIt()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: options => options.MaxRetries = 0);
        await phone.SyncAsync();
        await using var states = new StateWatch(phone);
        Assert.Equal(DataState.Synced, await states.NextAsync());

        phone.Network.Refusals.Enqueue(HttpStatusCode.ServiceUnavailable);
        Assert.Equal((DataState.Syncing, DataState.Stale), await SyncAsync(phone, states));

        Assert.Equal((DataState.Syncing, DataState.Synced), await SyncAsync(phone, states));
    }

    /// <summary>The queue is empty, nothing has failed and the last success is a moment ago: all the same the server has named a version that nobody has fetched.</summary>
    [Fact]
    public async Task Status_CancelledBetweenPushAndPull_IsStaleAlsoAfterARestart()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        await phone.SyncAsync();
        phone.Engine.Notes.Create("sent", "");
        using var stop = new CancellationTokenSource();
        phone.Network.Before = async request =>
        {
            if (request.Method == HttpMethod.Get)
                await stop.CancelAsync();
        };

        var result = await phone.Engine.SyncAsync(SyncTrigger.User, stop.Token);
        var status = phone.Engine.Status();
        phone.Restart();

        Assert.Equal((SyncOutcome.Cancelled, 1), (result.Outcome, result.Pushed));
        Assert.Equal((DataState.Stale, 0, 0), (status.State, status.Outbox.Waiting, status.FailuresSince));
        Assert.Equal(DataState.Stale, phone.Engine.Status().State);

        phone.Network.Before = static _ => Task.CompletedTask;
        await phone.SyncAsync();
        Assert.Equal(DataState.Synced, phone.Engine.Status().State);
    }

    [Fact]
    public async Task Status_CancelledBetweenTwoPages_IsStale()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var tablet = new TestDevice(server, "tablet");
        await using var phone = new TestDevice(server, "phone", configure: options => options.PageLimit = 2);
        await phone.SyncAsync();
        tablet.Engine.Notes.CreateMany([("a", ""), ("b", ""), ("c", ""), ("d", ""), ("e", "")]);
        await tablet.SyncAsync();
        using var stop = new CancellationTokenSource();
        var pages = 0;
        phone.Network.Before = async _ =>
        {
            if (++pages == 2)
                await stop.CancelAsync();
        };

        await phone.Engine.SyncAsync(SyncTrigger.User, stop.Token);

        Assert.Equal((DataState.Stale, 2), (phone.Engine.Status().State, phone.Engine.Notes.Count()));
    }

    [Fact]
    public async Task Status_RefusedOperation_IsPendingUntilThePersonEditsIt()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        var note = phone.Engine.Notes.Create("poison", "");
        phone.Network.Refusals.Enqueue(HttpStatusCode.UnprocessableEntity);
        await phone.SyncAsync();
        Assert.Equal((DataState.LocalChangesPending, 0, 1), StateOf(phone));

        phone.Engine.Notes.Update(note.Id, "fine", "");
        Assert.Equal((DataState.LocalChangesPending, 1, 0), StateOf(phone));

        await phone.SyncAsync();
        Assert.Equal((DataState.Synced, 0, 0), StateOf(phone));
    }

    [Fact]
    public async Task CycleFinished_WhoeverLooks_SeesWhereTheCycleHasLed()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        var seen = new List<DataState>();
        phone.Engine.CycleFinished += _ => seen.Add(phone.Engine.Status().State);

        await phone.SyncAsync();

        Assert.Equal([DataState.Synced], seen);
    }

    [Fact]
    public async Task Status_NoNetwork_SaysWhatTheNextSyncWaitsFor()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        phone.State = new NetworkState(SyncNetwork.None, null);
        phone.Network.IsDown = true;

        await phone.SyncAsync();
        Assert.Equal(Deferrals.NoNetwork, phone.Engine.Status().Next.Deferral);

        phone.Engine.Reconnected();
        Assert.Equal((SyncTrigger.Reconnect, (string?)null), (phone.Engine.Status().Next.Trigger, phone.Engine.Status().Next.Deferral));
    }

    /// <summary>The network waits until the screen has shown that a sync runs.</summary>
    private static async Task<(DataState Meanwhile, DataState Then)> SyncAsync(TestDevice device, StateWatch states)
    {
        var shown = new TaskCompletionSource();
        device.Network.Before = _ => shown.Task;
        var cycle = device.SyncAsync();
        var meanwhile = await states.NextAsync();
        shown.SetResult();
        await cycle;
        return (meanwhile, await states.NextAsync());
    }

    private static (DataState State, int Waiting, int Parked) StateOf(TestDevice device)
    {
        var status = device.Engine.Status();
        return (status.State, status.Outbox.Waiting, status.Outbox.Parked);
    }
}
