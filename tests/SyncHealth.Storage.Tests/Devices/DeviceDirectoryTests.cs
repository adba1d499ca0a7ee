using SyncHealth.Contracts;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.Tests.Vitals;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Devices;

public sealed class DeviceDirectoryTests : IAsyncLifetime
{
    private readonly DeviceKeyHasher _hasher = new(new byte[32]);
    private VitalsStage _stage = null!;
    private DeviceDirectory _directory = null!;

    private DateTimeOffset Now => _stage.Now;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _stage = await VitalsStage.CreateAsync();
        _directory = new DeviceDirectory(_stage.DataSource);
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(DeviceSort.Queue, false, "3 1 2")]
    [InlineData(DeviceSort.Queue, true, "2 1 3")]
    [InlineData(DeviceSort.Oldest, false, "1 3 2")]
    [InlineData(DeviceSort.Oldest, true, "3 1 2")]
    [InlineData(DeviceSort.Success, false, "3 2 1")]
    [InlineData(DeviceSort.Seen, false, "2 1 3")]
    [InlineData(DeviceSort.Seen, true, "3 1 2")]
    public async Task List_AnySort_PutsTheWorstFirstAndTheUnknownLast(DeviceSort sort, bool reverse, string expected)
    {
        await CommitThreeAsync();
        await _stage.FoldAsync();

        var listing = await _directory.ListAsync(new DeviceListQuery { App = "notes", Now = Now, Sort = sort, Reverse = reverse }, Token);

        Assert.Equal(expected, string.Join(' ', listing.Devices.Select(Number)));
        Assert.Equal(3, listing.Total);
    }

    [Fact]
    public async Task List_ReportsNotFolded_AreKnownAlready()
    {
        await CommitThreeAsync();

        var listing = await _directory.ListAsync(new DeviceListQuery { App = "notes", Now = Now, Take = 1 }, Token);

        var device = Assert.Single(listing.Devices);
        Assert.Equal((3L, 90, 3L), (listing.Total, device.QueueDepth, long.Parse(device.Key)));
        Assert.Equal("beta", device.Tags["cohort"]);
    }

    [Fact]
    public async Task List_Pages_HoldEachDeviceOnce()
    {
        await _stage.CommitAsync(Enumerable.Range(1, 7).Select(device => new Attempt(Now.AddHours(-1)) { Device = device }));

        List<string> seen = [];
        for (var skip = 0; skip < 7; skip += 3)
            seen.AddRange((await _directory.ListAsync(new DeviceListQuery { App = "notes", Now = Now, Skip = skip, Take = 3 }, Token)).Devices.Select(Number));

        Assert.Equal(["1", "2", "3", "4", "5", "6", "7"], seen);
    }

    [Fact]
    public async Task List_Waiting_HoldsThoseWithUnsyncedWork_StaleThoseWithoutASuccessForADay()
    {
        await _stage.CommitAsync(
            new Attempt(Now.AddHours(-1)) { Device = 1, Queue = 4 },
            new Attempt(Now.AddHours(-1)) { Device = 2 },
            new Attempt(Now.AddHours(-1)) { Device = 3, Outcome = SyncOutcome.Failure, Error = SyncErrorKind.Server, LastSuccessAt = Now.AddHours(-25) },
            new Attempt(Now.AddHours(-30)) { Device = 4, Outcome = SyncOutcome.Failure, Error = SyncErrorKind.Server });

        Assert.Equal(["1"], await ShownAsync(DeviceShow.Waiting));
        Assert.Equal(["3", "4"], await ShownAsync(DeviceShow.Stale));
        Assert.Equal(4, (await ShownAsync(DeviceShow.All)).Length);
    }

    /// <summary>The lists behind the counts of synchealth.presence: the same devices by the same definition.</summary>
    [Fact]
    public async Task List_LateSilentAndGone_AreThoseThatPresenceCounts()
    {
        await _stage.CommitAsync(
        [
            .. Daily(device: 1, silentHours: 20), .. Daily(device: 2, silentHours: 30), .. Daily(device: 3, silentHours: 50), .. Daily(device: 4, silentHours: 60), .. Daily(device: 5, silentHours: 200),
            // Every ten days, and not for eleven: late, though not seen for a week.
            .. new[] { 11, 21, 31 }.Select(days => new Attempt(Now.AddDays(-days)) { Device = 6 }),
        ]);
        await _stage.FoldAsync();

        var counts = Assert.Single(await new PresenceReader(_stage.DataSource).ReadAsync("notes", Now, TimeSpan.FromDays(1), [], [], Token));

        Assert.Equal((1L, 2L, 2L, 1L), (counts.Active, counts.Late, counts.Silent, counts.Gone));
        Assert.Equal(["2", "6"], await ShownAsync(DeviceShow.Late, DeviceSort.Pause));
        Assert.Equal(["4", "3"], await ShownAsync(DeviceShow.Silent, DeviceSort.Pause));
        Assert.Equal(["5"], await ShownAsync(DeviceShow.Gone));
    }

    [Fact]
    public async Task List_UsualPause_IsTheLongestOfItsOwnTwoWeeks()
    {
        await _stage.CommitAsync(
            new Attempt(Now.AddHours(-33)) { Device = 1 }, new Attempt(Now.AddHours(-32)) { Device = 1 }, new Attempt(Now.AddHours(-30)) { Device = 1 },
            new Attempt(Now.AddHours(-90)) { Device = 2 }, new Attempt(Now.AddHours(-42)) { Device = 2 }, new Attempt(Now.AddHours(-30)) { Device = 2 },
            new Attempt(Now.AddHours(-31)) { Device = 3 }, new Attempt(Now.AddHours(-30)) { Device = 3 },
            new Attempt(Now.AddMinutes(-80)) { Device = 4 }, new Attempt(Now.AddMinutes(-70)) { Device = 4 }, new Attempt(Now.AddMinutes(-60)) { Device = 4 });

        var all = await _directory.ListAsync(new DeviceListQuery { App = "notes", Now = Now }, Token);
        Assert.Equal(
            [TimeSpan.FromHours(2), TimeSpan.FromHours(48), null, TimeSpan.FromMinutes(10)],
            all.Devices.OrderBy(device => device.Key, StringComparer.Ordinal).Select(device => device.LongestPause));
    }

    [Fact]
    public async Task List_Filters_AreOfDevices()
    {
        await _stage.CommitAsync(new Attempt(Now.AddHours(-1)) { Device = 1, Cohort = "stable" }, new Attempt(Now.AddHours(-1)) { Device = 2 });

        var listing = await _directory.ListAsync(new DeviceListQuery { App = "notes", Now = Now, Filters = [new DimensionFilter("tag:cohort", "stable")] }, Token);

        Assert.Equal("1", Number(Assert.Single(listing.Devices)));
        await Assert.ThrowsAsync<VitalsQueryException>(() => _directory.ListAsync(
            new DeviceListQuery { App = "notes", Now = Now, Filters = [new DimensionFilter("outcome", "failure")] }, Token));
    }

    [Fact]
    public async Task Find_OwnIdKeyAndTag_AreAllUnderstood()
    {
        var key = _hasher.DeviceKey("notes", "install-7f3a");
        await _stage.CommitAsync(
            new Attempt(Now.AddHours(-1)) { Device = key, Cohort = "Beta", Model = "Pixel 8" },
            new Attempt(Now.AddHours(-1)) { Device = 5, Cohort = "stable", Model = "iPhone 15" },
            new Attempt(Now.AddHours(-1)) { Device = _hasher.DeviceKey("mail", "install-7f3a"), App = "mail" });
        await _stage.FoldAsync();
        var text = DeviceKeyText.Of(key);

        Assert.Equal(("id", text), How(Assert.Single((await FindAsync(" install-7f3a ")).Devices)));
        Assert.Equal(("key", text), How(Assert.Single((await FindAsync(text)).Devices)));
        Assert.Equal(("key", text), How(Assert.Single((await FindAsync(text[..8].ToUpperInvariant())).Devices)));
        Assert.Equal([new DimensionFilter("tag:cohort", "Beta")], (await FindAsync("cohort=beta")).Properties);
        Assert.Equal([new DimensionFilter("tag:cohort", "Beta")], (await FindAsync("BETA")).Properties);
        Assert.Equal([new DimensionFilter("device_model", "iPhone 15")], (await FindAsync("iphone")).Properties);
        var nothing = await FindAsync("cohort=gamma");
        Assert.Empty(nothing.Devices);
        Assert.Empty(nothing.Properties);
        Assert.Empty((await FindAsync("%")).Properties);
    }

    [Fact]
    public async Task Find_DeviceOfASecondAgo_IsFoundBeforeTheFold()
    {
        await _stage.CommitAsync(new Attempt(Now) { Device = _hasher.DeviceKey("notes", "new") });

        Assert.Equal("id", Assert.Single((await FindAsync("new")).Devices).How);
    }

    [Fact]
    public async Task ReadFacts_NewestReportWins_FoldedOrNot()
    {
        await _stage.CommitAsync(
            new Attempt(Now.AddDays(-20)) { Device = 1, Seq = 1, Version = "1.0" },
            new Attempt(Now.AddHours(-5)) { Device = 1, Seq = 5, Queue = 9, OldestPending = TimeSpan.FromHours(2) });
        await _stage.FoldAsync();
        await _stage.CommitAsync(new Attempt(Now.AddHours(-1)) { Device = 1, Seq = 6, Queue = 3, Outcome = SyncOutcome.Failure, Error = SyncErrorKind.Timeout, OldestPending = TimeSpan.FromHours(6), ClockOff = TimeSpan.FromHours(3) });

        var facts = await _directory.ReadFactsAsync("notes", "0000000000000001", Token);

        Assert.NotNull(facts);
        Assert.Equal((3, Now.AddHours(-7), Now.AddHours(-5)), (facts.QueueDepth, facts.OldestPendingAt, facts.LastSuccessAt));
        Assert.Equal((Now.AddDays(-20), Now.AddHours(-1)), (facts.FirstSeenAt, facts.LastSeenAt));
        Assert.Equal((TimeSpan.FromHours(-3), 3L), (facts.ClockOffset, facts.MissingEvents));
        await _stage.FoldAsync();
        Assert.Equivalent(facts, await _directory.ReadFactsAsync("notes", "0000000000000001", Token), strict: true);
    }

    [Theory]
    [InlineData("mail", "0000000000000001")]
    [InlineData("notes", "0000000000000002")]
    [InlineData("notes", "'; drop table")]
    [InlineData("notes", "")]
    public async Task Read_DeviceThatTheAppDoesNotHave_IsNothing(string app, string key)
    {
        await _stage.CommitAsync(new Attempt(Now) { Device = 1 });

        Assert.Null(await _directory.ReadFactsAsync(app, key, Token));
        Assert.Empty(await _directory.ReadEventsAsync(app, key, Now.AddDays(-1), Now.AddDays(1), 10, Token));
        Assert.Empty(await _directory.ReadLossesAsync(app, key, Now, Token));
    }

    [Fact]
    public async Task ReadEvents_Range_IsHalfOpenAndNewestFirst()
    {
        await _stage.CommitAsync(
            new Attempt(Now.AddHours(-3)) { Device = 1 },
            new Attempt(Now.AddHours(-2)) { Device = 1, Type = SyncType.Open, Queue = 2 },
            new Attempt(Now.AddHours(-1)) { Device = 1, Outcome = SyncOutcome.Failure, Error = SyncErrorKind.Server, Code = "http_503", ClockOff = TimeSpan.FromDays(-3) },
            new Attempt(Now) { Device = 1 },
            new Attempt(Now.AddHours(-2)) { Device = 2 });

        var events = await _directory.ReadEventsAsync("notes", "0000000000000001", Now.AddHours(-3), Now, 10, Token);

        Assert.Equal([("delta", "failure", "server", "http_503"), ("open", "none", "", ""), ("delta", "success", "", "")], events.Select(e => (e.Type, e.Outcome, e.ErrorKind, e.ErrorCode)));
        Assert.Equal(Now.AddHours(-1).AddDays(-3), events[0].DeviceAt);
        Assert.Equal(2, (await _directory.ReadEventsAsync("notes", "0000000000000001", Now.AddHours(-3), Now, 2, Token)).Count);
    }

    private async Task CommitThreeAsync() => await _stage.CommitAsync(
        new Attempt(Now.AddHours(-2)) { Device = 1, Queue = 5, OldestPending = TimeSpan.FromHours(9) },
        new Attempt(Now.AddHours(-3)) { Device = 2, Queue = 0, LastSuccessAt = Now.AddHours(-3) },
        new Attempt(Now.AddHours(-1)) { Device = 3, Queue = 90, Outcome = SyncOutcome.Failure, Error = SyncErrorKind.Offline, OldestPending = TimeSpan.FromHours(4), LastSuccessAt = Now.AddHours(-7) });

    private IEnumerable<Attempt> Daily(long device, int silentHours) => Enumerable.Range(0, 5).Select(day => new Attempt(Now.AddHours(-silentHours).AddDays(-day)) { Device = device });

    private async Task<string[]> ShownAsync(DeviceShow show, DeviceSort sort = DeviceSort.Queue) =>
        [.. (await _directory.ListAsync(new DeviceListQuery { App = "notes", Now = Now, Show = show, Sort = sort }, Token)).Devices.Select(Number)];

    private Task<DeviceMatches> FindAsync(string text) => _directory.FindAsync(DeviceSearch.Of("notes", text, _hasher), 20, Token);

    private static (string How, string Key) How(DeviceMatch match) => (match.How, match.Key);

    private static string Number(DeviceFacts device) => device.Key.TrimStart('0');
}
