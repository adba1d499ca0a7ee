using System.Net;
using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Tests.Support;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Triggers;

/// <summary>The engine running by itself on a clock that the test moves.</summary>
public sealed class TriggerLoopTests
{
    [Fact]
    public async Task Run_LocalWrite_IsPushedAfterTheDebounce()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        await using var run = new EngineRun(phone);

        phone.Engine.Notes.Create("typed", "");
        var result = await run.NextAsync(server, TimeSpan.FromSeconds(1));

        Assert.Equal((SyncTrigger.LocalWrite, 1), (result.Trigger, result.Pushed));
    }

    [Fact]
    public async Task Run_OneFailureThenSilence_IsRetriedByItself()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: options => options.MaxRetries = 0);
        phone.Network.Refusals.Enqueue(HttpStatusCode.ServiceUnavailable);
        await using var run = new EngineRun(phone);

        phone.Engine.Notes.Create("typed once", "");
        var failed = await run.NextAsync(server, TimeSpan.FromSeconds(1));
        var retried = await run.NextAsync(server, TimeSpan.FromSeconds(5));

        Assert.Equal(SyncOutcome.Failure, failed.Outcome);
        Assert.Equal((SyncTrigger.Retry, SyncOutcome.Success, 1), (retried.Trigger, retried.Outcome, retried.Pushed));
    }

    [Fact]
    public async Task Run_NoNetwork_StartsNoCycleUntilItReturns()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        phone.State = new NetworkState(SyncNetwork.None, null);
        await using var run = new EngineRun(phone);
        phone.Engine.Notes.Create("offline", "");
        server.Time.Advance(TimeSpan.FromSeconds(10));
        while (phone.StateReads == 0)
            await Task.Yield();

        // The push came due, and is put off to the schedule, a quarter of an hour away.
        Assert.Equal(0, phone.Network.Requests);
        phone.State = new NetworkState(SyncNetwork.Wifi, false);
        phone.Engine.Reconnected();
        var result = await run.NextAsync(server, TimeSpan.Zero);

        Assert.Equal((SyncTrigger.Reconnect, 1), (result.Trigger, result.Pushed));
        Assert.Equal(2, phone.Network.Requests);
    }

    [Fact]
    public async Task Opened_ReportsAHeartbeatAndSyncs()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        await using var run = new EngineRun(phone);

        phone.Engine.Opened();
        var result = await run.NextAsync(server, TimeSpan.Zero);
        await phone.Telemetry.FlushAsync();

        Assert.Equal(SyncTrigger.AppOpen, result.Trigger);
        Assert.Contains(phone.Ingest.Events, item => item.GetProperty("type").GetString() == "open");
    }
}
