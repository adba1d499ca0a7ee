using SyncHealth.Contracts;
using SyncHealth.Storage.Alerts;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Tests.Vitals;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Devices;

/// <summary>Features N4, N5 and N20: silence against each install's own habit, coverage beside the rate of those who report, freshness.</summary>
public sealed class PresenceReaderTests : IAsyncLifetime
{
    private VitalsStage _stage = null!;

    private DateTimeOffset Now => _stage.Now;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    /// <summary>A device that reports every day, silent for so many hours.</summary>
    [Theory]
    [InlineData(1, "active")]
    [InlineData(24, "active")]
    [InlineData(25, "late")]
    [InlineData(48, "late")]
    [InlineData(49, "silent")]
    [InlineData(168, "silent")]
    [InlineData(169, "gone")]
    public async Task Read_DailyDevice_IsJudgedByItsDay(int silentHours, string expected)
    {
        await _stage.CommitAsync(Enumerable.Range(0, 5).Select(day => new Attempt(Now.AddHours(-silentHours).AddDays(-day))));
        Assert.Equal(expected, await StateAsync());
    }

    /// <summary>The same silences of a device that is used to a week between two reports.</summary>
    [Theory]
    [InlineData(6, "active")]
    [InlineData(7, "active")]
    [InlineData(8, "late")]
    [InlineData(13, "late")]
    [InlineData(15, "silent")]
    public async Task Read_WeeklyDevice_IsJudgedByItsWeek(int silentDays, string expected)
    {
        await _stage.CommitAsync(Enumerable.Range(0, 3).Select(week => new Attempt(Now.AddDays(-silentDays - (7 * week)))));
        Assert.Equal(expected, await StateAsync());
    }

    /// <summary>Two reports make no habit: such a device is taken for a daily one.</summary>
    [Theory]
    [InlineData(1, "active")]
    [InlineData(2, "late")]
    [InlineData(3, "silent")]
    [InlineData(8, "gone")]
    public async Task Read_DeviceWithoutAHabit_IsTakenForADailyOne(int silentDays, string expected)
    {
        await _stage.CommitAsync(new Attempt(Now.AddDays(-silentDays)), new Attempt(Now.AddDays(-silentDays - 9)));
        Assert.Equal(expected, await StateAsync());
    }

    /// <summary>N4: one of fifty stops; it is late, then silent, and the others stay as they are.</summary>
    [Fact]
    public async Task Read_OneOfFiftyStops_TurnsLateThenSilentAlone()
    {
        var attempts = Enumerable.Range(1, 50).SelectMany(device => Enumerable.Range(device == 7 ? 1 : 0, 5).Select(day => new Attempt(Now.AddHours(-8).AddDays(-day)) { Device = device }));
        await _stage.CommitAsync(attempts);
        await _stage.FoldAsync();
        var late = await OneAsync();
        await _stage.CommitAsync(Enumerable.Range(1, 50).Where(device => device != 7).Select(device => new Attempt(Now.AddHours(20)) { Device = device, Received = Now.AddHours(20) }));
        _stage.Clock.Advance(TimeSpan.FromHours(21));

        Assert.Equal((49L, 1L, 0L), (late.Active, late.Late, late.Silent));
        Assert.Equal((49L, 0L, 1L), await OneAsync() is var silent ? (silent.Active, silent.Late, silent.Silent) : default);
    }

    /// <summary>N5: a version on which most devices cannot even report. Those who do look well; coverage and freshness say what happened.</summary>
    [Fact]
    public async Task Read_VersionThatCannotReport_ShowsFallingCoverageNotSuccess()
    {
        foreach (var (version, silentDevices) in new[] { ("2.0", 8), ("1.0", 1) })
            await _stage.CommitAsync(Enumerable.Range(0, 10).SelectMany(device => Enumerable.Range(0, 4).Select(day =>
                new Attempt(Now.AddHours(device < silentDevices ? -60 : -2).AddDays(-day)) { Device = device + (version == "2.0" ? 100 : 0), Version = version })));

        var groups = await ReadAsync(TimeSpan.FromDays(1), ["app_version"]);

        Assert.Equal(["1.0", "2.0"], groups.Select(group => group.By["app_version"]));
        Assert.Equal([(10L, 90.0, 90.0, 100.0), (10L, 20.0, 20.0, 100.0)], groups.Select(group => (group.Expected, group.Coverage!.Value, group.Freshness!.Value, group.FreshnessOfReporting!.Value)));
    }

    /// <summary>The example of docs/semantics.md: of ten devices nine report within 15 minutes, eight of them after a success within 15 minutes.</summary>
    [Fact]
    public async Task Read_ExampleOfTheDocs_IsFreshForEightInTen()
    {
        await _stage.CommitAsync(Enumerable.Range(1, 8).Select(device => new Attempt(Now.AddMinutes(-14)) { Device = device }));
        await _stage.CommitAsync(
            new Attempt(Now.AddHours(-3)) { Device = 9 }, new Attempt(Now.AddMinutes(-1)) { Device = 9, Outcome = SyncOutcome.Failure, Error = SyncErrorKind.Server },
            new Attempt(Now.AddHours(-3)) { Device = 10 });

        var group = Assert.Single(await ReadAsync(TimeSpan.FromMinutes(15), []));

        Assert.Equal((10L, 9L, 8L, 80.0, 90.0), (group.Expected, group.Reporting, group.Synced, group.Freshness, group.Coverage));
        // N20: the rule metric freshness_share counts the same devices, so that page, API and alert say one number.
        var counts = Assert.Single(await new AlertInputs(_stage.DataSource).CountDevicesAsync(
            new DeviceQuestion { App = "notes", Since = Now.AddDays(-7), Filters = ["environment:production"], StaleBefore = Now.AddMinutes(-15), SilentBefore = Now.AddDays(-1) },
            TestContext.Current.CancellationToken));
        Assert.Equal((10L, 2L), (counts.Devices, counts.Stale));
    }

    [Fact]
    public async Task Read_FiltersAndTags_AreThoseOfTheLastReport()
    {
        await _stage.CommitAsync(
            new Attempt(Now.AddHours(-2)) { Device = 1, Version = "1.0", Cohort = "beta" }, new Attempt(Now.AddHours(-1)) { Device = 1, Version = "2.0", Cohort = "stable" },
            new Attempt(Now.AddHours(-1)) { Device = 2, Version = "1.0", Cohort = "beta" });

        var groups = await ReadAsync(TimeSpan.FromDays(1), ["tag:cohort", "os"], new DimensionFilter("app_version", "2.0"));

        Assert.Equal([("stable", "android", 1L)], groups.Select(group => (group.By["tag:cohort"], group.By["os"], group.Active)));
    }

    [Fact]
    public async Task Read_UnknownApp_IsEmpty() => Assert.Empty(await ReadAsync(TimeSpan.FromDays(1), []));

    [Theory]
    [InlineData("outcome")]
    [InlineData("shoe_size")]
    public async Task Read_DimensionOfNoDevice_IsRefused(string dimension) =>
        await Assert.ThrowsAsync<VitalsQueryException>(() => ReadAsync(TimeSpan.FromDays(1), [dimension]));

    private async Task<string> StateAsync()
    {
        await _stage.FoldAsync();
        var group = await OneAsync();
        return (group.Active, group.Late, group.Silent, group.Gone) switch
        {
            (1, 0, 0, 0) => "active",
            (0, 1, 0, 0) => "late",
            (0, 0, 1, 0) => "silent",
            (0, 0, 0, 1) => "gone",
            _ => group.ToString(),
        };
    }

    private async Task<PresenceGroup> OneAsync() => Assert.Single(await ReadAsync(TimeSpan.FromDays(1), []));

    private Task<IReadOnlyList<PresenceGroup>> ReadAsync(TimeSpan within, IReadOnlyList<string> by, params IReadOnlyList<DimensionFilter> filters) =>
        new PresenceReader(_stage.DataSource).ReadAsync("notes", _stage.Now, within, by, filters, TestContext.Current.CancellationToken);
}
