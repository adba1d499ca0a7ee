using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Tests.Support;
using SyncHealth.SyncEngine.Triggers;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Triggers;

/// <summary>What is put off or joined is reported with its reason, by the next cycle that runs.</summary>
public sealed class DeferralTests
{
    private static readonly NetworkState Cellular = new(SyncNetwork.Cellular, IsMetered: true), Wifi = new(SyncNetwork.Wifi, IsMetered: false);

    [Fact]
    public async Task Run_ScheduledOnANetworkThatCosts_IsPutOffUntilOneThatDoesNot()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        phone.State = Cellular;
        await using var run = new EngineRun(phone);
        while (phone.Engine.Status().Next.Deferral is null)
        {
            server.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        Assert.Equal(Deferrals.Metered, phone.Engine.Status().Next.Deferral);
        Assert.Equal(0, phone.Network.Requests);
        phone.State = Wifi;
        phone.Engine.ConditionsChanged();
        var result = await run.NextAsync(server, TimeSpan.Zero);

        Assert.Equal((SyncTrigger.Scheduled, SyncOutcome.Success), (result.Trigger, result.Outcome));
        Assert.Equal("metered 1", Assert.Single(await phone.ReportedDeferralsAsync()));
    }

    [Fact]
    public async Task Run_ScheduledWithoutTheCharger_StartsWhenItIsPluggedIn()
    {
        await using var server = await NotesServerFixture.StartAsync();
        var isCharging = false;
        await using var phone = new TestDevice(server, "phone", configure: options => options.Power = () => new PowerState(Volatile.Read(ref isCharging), null));
        await using var run = new EngineRun(phone);
        while (phone.Engine.Status().Next.Deferral is null)
        {
            server.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        Volatile.Write(ref isCharging, true);
        phone.Engine.ConditionsChanged();
        var result = await run.NextAsync(server, TimeSpan.Zero);

        Assert.Equal(SyncTrigger.Scheduled, result.Trigger);
        Assert.Equal("not_charging 1", Assert.Single(await phone.ReportedDeferralsAsync()));
    }

    [Fact]
    public async Task Sync_WhileOneRuns_JoinsItAndIsCounted()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        var (arrived, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        phone.Network.Before = _ =>
        {
            arrived.TrySetResult();
            return release.Task;
        };

        var first = phone.Engine.SyncAsync(SyncTrigger.AppOpen);
        await arrived.Task;
        var second = phone.Engine.SyncAsync(SyncTrigger.User);
        var third = phone.Engine.SyncAsync(SyncTrigger.Retry);
        release.SetResult();

        Assert.Same(await first, await second);
        Assert.Same(await first, await third);
        Assert.Equal(1, phone.Network.Requests);
        Assert.Equal(["joined_retry 1", "joined_user 1"], (await phone.ReportedDeferralsAsync()).Order());
    }

    [Fact]
    public async Task Opened_AgainAndAgain_SyncsOnceAndSaysWhyNotMore()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        await phone.SyncAsync();
        phone.Engine.Foregrounded();
        phone.Engine.Foregrounded();
        phone.Engine.Opened();

        await phone.SyncAsync();

        Assert.Equal("recently_synced 3", Assert.Single(await phone.ReportedDeferralsAsync()));
    }

    [Fact]
    public async Task Edit_ThatIsUrgent_IsPushedAtOnceAndOnANetworkThatCosts()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: static options =>
        {
            options.Entities.Add("payment");
            options.Conflicts["payment"] = new LastWriteWins();
        });
        phone.State = Cellular;
        await using var run = new EngineRun(phone);

        phone.Engine.Records("payment").Create("42 EUR", "", priority: OperationPriority.High);
        var result = await run.NextAsync(server, TimeSpan.Zero);

        Assert.Equal((SyncTrigger.Priority, 1), (result.Trigger, result.Pushed));
    }

    [Fact]
    public async Task Scheduler_OfTheSystem_GetsOneJobAndTheEngineKeepsNoSchedule()
    {
        await using var server = await NotesServerFixture.StartAsync();
        var board = new JobBoard();
        await using var phone = new TestDevice(server, "phone", configure: options => options.Triggers.Scheduler = board);
        await using (new EngineRun(phone))
        {
            // Only the job is asked for.
        }

        phone.Restart();
        await using var run = new EngineRun(phone);

        Assert.Equal(new BackgroundJob("syncWork", TimeSpan.FromMinutes(15), SyncConstraints.Sparing), Assert.Single(board.Jobs));
        Assert.Equal(DateTimeOffset.MaxValue, phone.Engine.Status().Next.At);
    }

    [Fact]
    public async Task RunJob_LooksAtItsConstraintsItself()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        phone.State = Cellular;
        Assert.Equal(JobVerdict.Deferred, await phone.Engine.RunJobAsync());
        Assert.Equal(0, phone.Network.Requests);

        phone.State = Wifi;
        phone.Network.IsDown = true;
        Assert.Equal(JobVerdict.Retry, await phone.Engine.RunJobAsync());

        phone.Network.IsDown = false;
        Assert.Equal(JobVerdict.Done, await phone.Engine.RunJobAsync());
        Assert.Equal("metered 1", Assert.Single(await phone.ReportedDeferralsAsync()));
        Assert.All(phone.Ingest.Events, static item => Assert.Equal("scheduled", item.GetProperty("trigger").GetString()));
    }
}
