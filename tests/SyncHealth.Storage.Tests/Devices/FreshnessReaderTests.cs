using SyncHealth.Contracts;
using SyncHealth.Storage.Alerts;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Tests.Vitals;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Devices;

/// <summary>Feature N20: a promise of freshness, the devices it leaves out if asked, and its error budget.</summary>
public sealed class FreshnessReaderTests : IAsyncLifetime
{
    private VitalsStage _stage = null!;

    private DateTimeOffset Now => _stage.Now;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync(new DateTimeOffset(2026, 3, 4, 14, 0, 0, TimeSpan.Zero));

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    /// <summary>The example of docs/semantics.md: ten devices, promised are 90 % within 15 minutes. On three of the four hours nine are fresh, on one seven.</summary>
    [Fact]
    public async Task Read_ExampleOfTheDocs_HasSpentThreeHalvesOfItsBudget()
    {
        foreach (var fresh in new[] { 9, 9, 7, 9 })
        {
            await SyncAsync(10, fresh);
            await _stage.SnapshotAsync();
            _stage.Clock.Advance(TimeSpan.FromHours(1));
        }

        await SyncAsync(10, 10);
        var promise = Assert.Single(await ReadAsync(Question with { Objective = 90, Over = TimeSpan.FromHours(4) }));

        Assert.Equal((10L, 10L, 4, 40L, 6L), (promise.Devices, promise.Fresh, promise.Hours, promise.DeviceHours, promise.StaleHours));
        Assert.Equal((100.0, 85.0, 0.0), (promise.Freshness, promise.FreshnessOver, promise.BurnRate));
        Assert.Equal(4, promise.Budget, 9);
        Assert.Equal(-50, promise.BudgetLeft!.Value, 9);
    }

    /// <summary>The hour that begins now is the present, the one before the time asked for is past it.</summary>
    [Theory]
    [InlineData(60, 1)]
    [InlineData(119, 1)]
    [InlineData(120, 2)]
    [InlineData(600, 3)]
    public async Task Read_Over_CountsTheFullHoursBeforeNowThatAreKnown(int overMinutes, int hours)
    {
        for (var hour = 0; hour < 3; hour++)
        {
            await SyncAsync(2, 2);
            await _stage.SnapshotAsync();
            _stage.Clock.Advance(TimeSpan.FromHours(1));
        }

        var promise = Assert.Single(await ReadAsync(Question with { Over = TimeSpan.FromMinutes(overMinutes) }));

        Assert.Equal((2L, 0L, hours, 100.0), (promise.Devices, promise.Fresh, promise.Hours, promise.FreshnessOver));
        Assert.Equal(20, promise.BurnRate!.Value, 9);
    }

    [Fact]
    public async Task Read_NoSnapshot_KnowsThePresentAndNoBudget()
    {
        await SyncAsync(4, 3);

        var promise = Assert.Single(await ReadAsync(Question));

        Assert.Equal((75.0, null, null, 0), (promise.Freshness, promise.FreshnessOver, promise.BudgetLeft, promise.Hours));
    }

    /// <summary>
    /// Of ten devices eight are fresh, one cannot sync, and one whose last word was that it has no network is none of the service's fault: it is left out if asked, now, on
    /// the hours before, and by the rule; a device that fails on a network, or of which nothing is known, is not.
    /// </summary>
    [Theory]
    [InlineData(false, 10, 80.0)]
    [InlineData(true, 9, 100.0 * 8 / 9)]
    public async Task Read_DeviceKnownToBeOffline_IsLeftOutIfAsked(bool excludes, long devices, double freshness)
    {
        await WithOneOfflineAsync();
        await _stage.SnapshotAsync();
        var present = Assert.Single(await ReadAsync(Question with { ExcludesOffline = excludes }));
        _stage.Clock.Advance(TimeSpan.FromMinutes(5));
        var promise = Assert.Single(await ReadAsync(Question with { ExcludesOffline = excludes, Over = TimeSpan.FromHours(1) }));
        var rule = new DeviceQuestion
        {
            App = "notes", Since = Now.AddDays(-7), StaleBefore = Now.AddMinutes(-20), SilentBefore = Now.AddDays(-1), ExcludesOffline = excludes, Filters = ["environment:production"],
        };
        var inputs = new AlertInputs(_stage.DataSource);

        Assert.Equal((devices, devices, 1), (present.Devices, promise.DeviceHours, promise.Hours));
        Assert.Equal(freshness, present.Freshness!.Value, 9);
        Assert.Equal(freshness, promise.FreshnessOver!.Value, 9);
        var (now, past) = (Assert.Single(await inputs.CountDevicesAsync(rule, Token)), Assert.Single(await inputs.CountPastDevicesAsync(rule, Now.AddMinutes(-5), Now, Token)));
        Assert.Equal((devices, devices - 8), (now.Devices, now.Stale));
        Assert.Equal((devices, devices - 8), (past.Devices, past.Stale));
    }

    /// <summary>By segment, with the network asked for or not.</summary>
    [Fact]
    public async Task Read_ExcludingByVersionAndNetwork_KeepsTheGroupsAsAsked()
    {
        await WithOneOfflineAsync();

        var byVersion = await ReadAsync(Question with { ExcludesOffline = true, By = ["app_version"] });
        var byBoth = await ReadAsync(Question with { ExcludesOffline = true, By = ["network", "app_version"] });
        var counted = await new AlertInputs(_stage.DataSource).CountDevicesAsync(
            new DeviceQuestion { App = "notes", Since = Now.AddDays(-7), By = ["app_version"], StaleBefore = Now.AddMinutes(-15), SilentBefore = Now.AddDays(-1), ExcludesOffline = true }, Token);

        Assert.Equal([("2.4.1", 9L)], byVersion.Select(group => (group.By["app_version"], group.Devices)));
        Assert.Equal([("cellular", 1L), ("wifi", 8L)], byBoth.Select(group => (group.By["network"], group.Devices)));
        Assert.Equal([("2.4.1", 9L, 1L)], counted.Select(count => (string.Join(' ', count.Group), count.Devices, count.Stale)));
    }

    [Fact]
    public async Task Read_DimensionOfNoDevice_IsRefused() =>
        await Assert.ThrowsAsync<VitalsQueryException>(() => ReadAsync(Question with { By = ["outcome"] }));

    [Fact]
    public async Task Read_UnknownApp_IsEmpty() => Assert.Empty(await ReadAsync(Question));

    private FreshnessQuestion Question => new() { App = "notes", Now = Now };

    private Task<IReadOnlyList<FreshnessBudget>> ReadAsync(FreshnessQuestion question) => new FreshnessReader(_stage.DataSource).ReadAsync(question, Token);

    /// <summary>The first devices synced a minute ago; the others tried, and synced three hours ago.</summary>
    private async Task SyncAsync(int devices, int fresh)
    {
        foreach (var device in Enumerable.Range(1, devices))
            await _stage.CommitAsync(device <= fresh
                ? [new Attempt(Now.AddMinutes(-1)) { Device = device }]
                : [new Attempt(Now.AddHours(-3)) { Device = device }, new Attempt(Now.AddMinutes(-1)) { Device = device, Outcome = SyncOutcome.Failure, Error = SyncErrorKind.Server }]);
        await _stage.FoldAsync();
    }

    private async Task WithOneOfflineAsync()
    {
        await _stage.CommitAsync(Enumerable.Range(1, 8).Select(device => new Attempt(Now.AddMinutes(-1)) { Device = device }));
        await _stage.CommitAsync(
            new Attempt(Now.AddHours(-3)) { Device = 9 }, new Attempt(Now.AddMinutes(-2)) { Device = 9, Network = "cellular", Outcome = SyncOutcome.Failure, Error = SyncErrorKind.Server },
            new Attempt(Now.AddHours(-3)) { Device = 10 }, new Attempt(Now.AddMinutes(-2)) { Device = 10, Network = "none", Outcome = SyncOutcome.Failure, Error = SyncErrorKind.Offline });
        await _stage.FoldAsync();
    }
}
