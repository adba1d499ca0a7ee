using Xunit;

namespace SyncHealth.Storage.Tests.Alerts;

public sealed class AlertOutboxTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = AlertStage.Noon;
    private AlertStage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await AlertStage.CreateAsync();
        await _stage.Store.SaveAsync(AlertStage.Save(opening: true, version: 0, "slack", "jira"), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Lease_ByMany_IsGivenToOne()
    {
        var leases = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _stage.LeaseAsync("slack", Noon))));

        var leased = Assert.Single(leases, lease => lease is not null)!;
        Assert.Equal(("trigger", 1, 1, false), (leased.Kind, leased.Sequence, leased.Attempts, leased.MayHaveArrived));
        Assert.Equal("""{"text": "hello"}""", leased.MessageJson);
    }

    [Fact]
    public async Task Lease_RunOut_GoesToAnotherWhoIsToldOfTheDoubt()
    {
        var first = (await _stage.LeaseAsync("slack", Noon))!;
        Assert.Null(await _stage.LeaseAsync("slack", Noon + AlertStage.Lease - TimeSpan.FromTicks(10)));
        var second = (await _stage.LeaseAsync("slack", Noon + AlertStage.Lease))!;

        Assert.Equal((2, true), (second.Attempts, second.MayHaveArrived));
        Assert.False(await _stage.RecordAsync(first, "delivered"));
        Assert.Equal("slack trigger waiting", (await _stage.OutboxAsync())[1]);
        Assert.True(await _stage.RecordAsync(second, "delivered"));
        Assert.Equal("slack trigger delivered", (await _stage.OutboxAsync())[1]);
    }

    [Fact]
    public async Task Lease_BeforeItsTime_IsNotGiven()
    {
        Assert.Null(await _stage.Outbox.LeaseAsync("slack", Noon.AddSeconds(-1), Noon, AlertStage.Lease, CancellationToken.None));     // shared clock
        Assert.Null(await _stage.Outbox.LeaseAsync("slack", Noon, Noon.AddSeconds(-1), AlertStage.Lease, CancellationToken.None));     // wall clock
        Assert.Null(await _stage.LeaseAsync("pagerduty", Noon));
    }

    [Fact]
    public async Task Lease_ResolveWhileItsTriggerWaits_IsNotGiven()
    {
        await _stage.RecordAsync((await _stage.LeaseAsync("slack", Noon))!, "waiting", mayHaveArrived: true);
        await ResolveAsync();
        Assert.Null(await _stage.LeaseAsync("slack", Noon));

        var trigger = (await _stage.LeaseAsync("slack", Noon.AddMinutes(5)))!;
        Assert.Equal("trigger", trigger.Kind);
        await _stage.RecordAsync(trigger, "delivered");
        Assert.Equal("resolve", (await _stage.LeaseAsync("slack", Noon.AddMinutes(5)))!.Kind);
    }

    [Fact]
    public async Task Resolve_OfATriggerThatNeverLeft_CancelsBothForThatReceiverOnly()
    {
        await _stage.RecordAsync((await _stage.LeaseAsync("jira", Noon))!, "delivered");
        await ResolveAsync();

        Assert.Equal(["jira trigger delivered", "slack trigger cancelled", "jira resolve waiting", "slack resolve cancelled"], await _stage.OutboxAsync());
    }

    [Theory]
    [InlineData("refused", false, "cancelled")]
    [InlineData("refused", true, "waiting")]
    [InlineData("waiting", false, "cancelled")]
    [InlineData("waiting", true, "waiting")]
    [InlineData("delivered", false, "waiting")]
    public async Task Resolve_AfterAnAttempt_IsSentUnlessTheTriggerCertainlyNeverArrived(string status, bool mayHaveArrived, string expected)
    {
        await _stage.RecordAsync((await _stage.LeaseAsync("slack", Noon))!, status, mayHaveArrived);
        await ResolveAsync();

        Assert.Equal("slack resolve " + expected, (await _stage.OutboxAsync())[3]);
    }

    [Fact]
    public async Task Resolve_WhileItsTriggerIsBeingSent_Waits()
    {
        await _stage.LeaseAsync("slack", Noon);
        await ResolveAsync();

        Assert.Equal(["slack trigger waiting", "slack resolve waiting"], (await _stage.OutboxAsync()).Where(row => row.StartsWith("slack", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Record_Reference_IsHandedToLaterNotificationsOfTheIncident()
    {
        await _stage.RecordAsync((await _stage.LeaseAsync("jira", Noon))!, "delivered", reference: "OPS-7");
        await ResolveAsync();

        Assert.Equal("OPS-7", (await _stage.LeaseAsync("jira", Noon))!.Reference);
    }

    [Fact]
    public async Task Expire_TooOld_GivesUpExceptWhatIsBeingSent()
    {
        await _stage.Outbox.LeaseAsync("slack", Noon, Noon, TimeSpan.FromDays(2), CancellationToken.None);

        Assert.Equal(0, await _stage.Outbox.ExpireAsync(Noon.AddHours(24), TimeSpan.FromHours(24), CancellationToken.None));
        Assert.Equal(1, await _stage.Outbox.ExpireAsync(Noon.AddHours(25), TimeSpan.FromHours(24), CancellationToken.None));
        Assert.Equal(["jira trigger expired", "slack trigger waiting"], await _stage.OutboxAsync());
    }

    private Task<bool> ResolveAsync() => _stage.Store.SaveAsync(AlertStage.Save(opening: false, version: 1, "slack", "jira"), CancellationToken.None);
}
