using SyncHealth.Storage.Alerts;
using Xunit;

namespace SyncHealth.Storage.Tests.Alerts;

/// <summary>What a round reads of the alerts: what was written since the one before, however late it was committed.</summary>
public sealed class ChangedAlertsTests : IAsyncLifetime
{
    /// <summary>A transaction far ahead: nothing was written since.</summary>
    private const string Never = "999999999999";

    private AlertStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await AlertStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Beginning_IsAllThereAre()
    {
        await SaveAsync(Quiet("wifi"), Quiet("cellular"));
        await _stage.Store.SaveAsync(Quiet("") with { Class = "digest" }, CancellationToken.None);

        Assert.Equal(["cellular", "wifi"], await NetworksAsync(ChangedAlerts.Beginning));
    }

    [Fact]
    public async Task NothingWrittenSince_IsNothing_ButOfTheRulesThatAreWantedAgain()
    {
        await SaveAsync(Quiet("wifi"), Quiet("cellular") with { Rule = "slow" });

        var changed = await _stage.Store.LoadChangedAsync(Never, [], CancellationToken.None);
        Assert.Empty(changed.Alerts);
        Assert.Equal(Never, changed.UpTo);
        Assert.Equal(["cellular"], await NetworksAsync(Never, "slow"));
    }

    [Fact]
    public async Task WhatWasCommittedAfterTheLook_IsSeenByTheNext()
    {
        await SaveAsync(Quiet("wifi"));
        var open = await _stage.BeginAsync("update synchealth.alert set changed_in = pg_current_xact_id(), devices = 9");
        await SaveAsync(Quiet("cellular"));
        var first = await _stage.Store.LoadChangedAsync(ChangedAlerts.Beginning, [], CancellationToken.None);
        await open.CommitAsync();

        Assert.Equal(2, first.Alerts.Count);
        Assert.Contains("wifi", await NetworksAsync(first.UpTo));
    }

    [Fact]
    public async Task Acknowledged_CountsAsWritten()
    {
        await _stage.Store.SaveAsync(AlertStage.Save(opening: true, version: 0), CancellationToken.None);
        var first = await _stage.Store.LoadChangedAsync(ChangedAlerts.Beginning, [], CancellationToken.None);
        var open = Assert.Single(await _stage.Reader.ListActiveAsync("notes", CancellationToken.None));
        Assert.Equal("kim", await _stage.Acknowledgements.AddAsync(open.Id, "kim", AlertStage.Noon, CancellationToken.None));

        Assert.Equal("kim", Assert.Single((await _stage.Store.LoadChangedAsync(first.UpTo, [], CancellationToken.None)).Alerts).AcknowledgedBy);
    }

    [Fact]
    public async Task SaveMany_WritesNewOnesAndThoseThatNobodyWroteMeanwhile()
    {
        Assert.True(await SaveAsync(Quiet("wifi"), Quiet("cellular")));
        Assert.True(await SaveAsync(Quiet("wifi", version: 1) with { Value = null, Devices = 7 }, Quiet("ethernet")));
        Assert.False(await SaveAsync(Quiet("wifi", version: 1), Quiet("cellular", version: 1), Quiet("none", version: 3), Quiet("ethernet")));

        var stored = (await _stage.Store.LoadAsync(CancellationToken.None)).Select(alert => $"{alert.Segment["network"]} {alert.Version}").Order();
        Assert.Equal(["cellular 2", "ethernet 1", "wifi 2"], stored);
    }

    [Fact]
    public async Task SaveMany_IsTheSameAsSavingEach()
    {
        await SaveAsync(Quiet("wifi"), Quiet("cellular") with { Value = null, Muted = "silenced" });
        var together = await RowsAsync();
        await _stage.RowsAsync("delete from synchealth.alert returning rule");
        await _stage.Store.SaveAsync(Quiet("wifi"), CancellationToken.None);
        await _stage.Store.SaveAsync(Quiet("cellular") with { Value = null, Muted = "silenced" }, CancellationToken.None);

        Assert.Equal(2, together.Length);
        Assert.Equal(together, await RowsAsync());
    }

    private static AlertSave Quiet(string network, long version = 0) => AlertStage.Save(opening: true, version) with
    {
        Segment = new Dictionary<string, string> { ["network"] = network }, Status = "inactive", Labels = new Dictionary<string, string> { ["app"] = "nötes \"1\"" },
        Transition = null, Notices = null,
    };

    private Task<bool> SaveAsync(params AlertSave[] saves) => _stage.Store.SaveAsync(saves, CancellationToken.None);

    private Task<string[]> RowsAsync() => _stage.RowsAsync("select (to_jsonb(a) - 'alert_id' - 'changed_in')::text from synchealth.alert a order by segment");

    private async Task<string[]> NetworksAsync(string since, params string[] again) =>
        [.. (await _stage.Store.LoadChangedAsync(since, again, CancellationToken.None)).Alerts.Select(alert => alert.Segment["network"]).Order()];
}
