using Dapper;
using SyncHealth.Contracts;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Intake;
using SyncHealth.Storage.Tests.Vitals;
using SyncHealth.Storage.Verdicts;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Devices;

/// <summary>Of a large fleet pages read sums and stretches of indexes instead of devices: what they are told stays the same.</summary>
public sealed class DeviceTallyTests : IAsyncLifetime
{
    private static readonly DimensionFilter[] Versions = [new("app_version", "2.4.0")];

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
    [InlineData(1)]
    [InlineData(2)]
    public async Task Sums_RandomFleet_AreThoseOfEveryDevice(int seed)
    {
        await CommitFleetAsync(new Random(seed));
        var devices = await SumsAsync();

        await TallyAsync();
        var tallies = await SumsAsync();
        await ExecuteAsync("delete from synchealth.device_state");

        Assert.Equal(devices, tallies);
        Assert.Equal(devices, await SumsAsync());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Lists_RandomFleet_AreThoseOfEveryDevice(int seed)
    {
        await CommitFleetAsync(new Random(seed));
        var devices = await ListsAsync();

        await TallyAsync();

        Assert.Equal(devices, await ListsAsync());
    }

    [Fact]
    public async Task List_ReportsNotFolded_AreKnownAlready()
    {
        await _stage.CommitAsync(Enumerable.Range(1, 4).Select(device => new Attempt(Now.AddHours(-device)) { Device = device, Queue = 10 * device }));
        await _stage.FoldAsync();
        await TallyAsync();
        await _stage.CommitAsync(new Attempt(Now.AddMinutes(-1)) { Device = 4, Queue = 0 }, new Attempt(Now.AddMinutes(-1)) { Device = 2, Queue = 25 });

        Assert.Equal("3 2 1 4", await ListAsync(DeviceShow.All, DeviceSort.Queue));
        Assert.Equal("3 2 1", await ListAsync(DeviceShow.Waiting, DeviceSort.Queue));
    }

    /// <summary>How large a fleet is decides how large a part of it is asked: 30,000 devices are every other one.</summary>
    [Fact]
    public async Task FleetSize_OfALargeFleet_IsThatOfTheTallies()
    {
        await _stage.CommitAsync(new Attempt(Now.AddHours(-1)) { Device = 1 });
        await _stage.FoldAsync();
        Assert.Equal(1, (await _stage.Installs.ReadAsync("notes", ReleaseKind.Version, Now, [], Token))!.OneDeviceIn);

        await TallyAsync();
        await ExecuteAsync("update synchealth.device_tally set active = 10000, late = 10000, silent = 9000, gone = 1000");

        Assert.Equal(2, (await _stage.Installs.ReadAsync("notes", ReleaseKind.Version, Now, [], Token))!.OneDeviceIn);
    }

    [Fact]
    public async Task Total_OfALargeFleet_IsThatOfTheTallies()
    {
        await _stage.CommitAsync(new Attempt(Now.AddHours(-1)) { Device = 1 });
        await _stage.FoldAsync();
        await TallyAsync();
        await ExecuteAsync("update synchealth.device_tally set devices = 70000");

        Assert.Equal(70_000, await TotalAsync([]));
        // What tallies do not know is counted.
        Assert.Equal(1, await TotalAsync([new DimensionFilter("os_version", "14")]));
        _stage.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(1, await TotalAsync([]));
    }

    [Fact]
    public async Task Tally_FleetThatIsNotLarge_IsNotKept()
    {
        await _stage.CommitAsync(new Attempt(Now.AddHours(-1)) { Device = 1 }, new Attempt(Now.AddHours(-1)) { Device = 2 });
        await _stage.FoldAsync();
        await TallyAsync(leastDevices: 2);
        Assert.Equal(1, await CountAsync());

        await TallyAsync(leastDevices: 3);

        Assert.Equal(0, await CountAsync());
        Assert.Equal(2, await TotalAsync([]));
    }

    /// <summary>One device is used to three days, the other gets used to five: habits are those of days, and written down once a day.</summary>
    [Fact]
    public async Task Pauses_NewDay_AreWrittenDownAnew()
    {
        await _stage.CommitAsync(Every(days: 3, device: 1).Concat(Every(days: 1, device: 2)));
        await _stage.FoldAsync();
        await TallyAsync();
        Assert.Equal([(1L, TimeSpan.FromDays(3))], await PausesAsync());

        _stage.Clock.Advance(TimeSpan.FromDays(5));
        await _stage.CommitAsync(new Attempt(Now.AddHours(-1)) { Device = 2 });
        await _stage.FoldAsync();
        await TallyAsync();

        Assert.Equal([(1L, TimeSpan.FromDays(3)), (2L, TimeSpan.FromDays(5))], await PausesAsync());
        Assert.Equal("1", await ListAsync(DeviceShow.Late, DeviceSort.Pause));
    }

    private IEnumerable<Attempt> Every(int days, long device) => Enumerable.Range(0, 4).Select(n => new Attempt(Now.AddHours(-device).AddDays(-days * n)) { Device = device });

    /// <summary>Sixty devices over three weeks: some daily, some with pauses, some gone, some with waiting work, lost reports or a wrong clock.</summary>
    private async Task CommitFleetAsync(Random random)
    {
        var attempts = new List<Attempt>();
        for (long device = 1; device <= 60; device++)
        {
            var (silent, habit, seq) = (random.Next(3) == 0 ? random.Next(14 * 24) : random.Next(30), random.Next(1, 4), 100L);
            for (var report = random.Next(6); report >= 0; report--)
            {
                var at = Now.AddHours(-silent).AddDays(-habit * report).AddSeconds(-random.Next(3_000));
                attempts.Add(new Attempt(at)
                {
                    Device = device,
                    Id = seq,
                    Seq = device % 4 == 0 ? null : seq,
                    Version = random.Next(2) == 0 ? "2.4.0" : "2.4.1",
                    Outcome = random.Next(3) == 0 ? SyncOutcome.Failure : SyncOutcome.Success,
                    Queue = random.Next(3) == 0 ? random.Next(1, 5) : 0,
                    OldestPending = random.Next(3) == 0 ? TimeSpan.FromMinutes(random.Next(3_000)) : null,
                    ClockOff = device % 7 == 0 ? TimeSpan.FromHours(3) : TimeSpan.Zero,
                });
                seq += random.Next(1, 3);
            }
        }

        await _stage.CommitAsync(attempts);
        await _stage.FoldAsync();
    }

    private async Task TallyAsync(long leastDevices = 1)
    {
        var at = Now.UtcDateTime;
        await _stage.SnapshotAsync();
        await using var connection = await _stage.DataSource.OpenConnectionAsync(Token);
        await FleetSnapshotLoop.TallyDevicesAsync(connection, at, leastDevices, Token);
    }

    private async Task<string> SumsAsync()
    {
        var lines = new List<object?>();
        var gaps = new GapReader(_stage.DataSource);
        var presence = new PresenceReader(_stage.DataSource);
        foreach (var filters in (DimensionFilter[][])[[], Versions])
        {
            lines.Add(await gaps.ReadAsync("notes", Now, filters, Token));
            foreach (var group in await presence.ReadAsync("notes", Now, TimeSpan.FromDays(1), ["app_version"], filters, Token))
                lines.Add($"{group.By["app_version"]}: {group.Active} {group.Late} {group.Silent} {group.Gone} {group.Reporting} {group.Synced}");
        }

        lines.Add(await new IntakeReader(_stage.DataSource).ReadFactsAsync("notes", Now, Token));
        return string.Join('\n', lines);
    }

    private async Task<string> ListsAsync()
    {
        var lines = new List<string>();
        foreach (var show in Enum.GetValues<DeviceShow>())
            foreach (var sort in Enum.GetValues<DeviceSort>())
                foreach (var reverse in (bool[])[false, true])
                    foreach (var filters in (DimensionFilter[][])[[], Versions])
                        foreach (var skip in (int[])[0, 4])
                            lines.Add($"{show} {sort} {reverse} {filters.Length} {skip}: {await ListAsync(show, sort, reverse, skip, take: 4, filters)}");
        return string.Join('\n', lines);
    }

    private async Task<string> ListAsync(DeviceShow show, DeviceSort sort, bool reverse = false, int skip = 0, int take = 50, params IReadOnlyList<DimensionFilter> filters)
    {
        var listing = await _directory.ListAsync(
            new DeviceListQuery { App = "notes", Now = Now, Show = show, Sort = sort, Reverse = reverse, Filters = filters, Skip = skip, Take = take }, Token);
        return string.Join(' ', listing.Devices.Select(device => DeviceKeyText.Parse(device.Key)));
    }

    private async Task<long> TotalAsync(IReadOnlyList<DimensionFilter> filters) =>
        (await _directory.ListAsync(new DeviceListQuery { App = "notes", Now = Now, Filters = filters }, Token)).Total;

    private async Task<long> CountAsync()
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync(Token);
        return await connection.ExecuteScalarAsync<long>("select count(*) from synchealth.device_tally");
    }

    private async Task<(long, TimeSpan)[]> PausesAsync()
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync(Token);
        return [.. await connection.QueryAsync<(long, TimeSpan)>("select device_key, pause from synchealth.device_pause order by 1")];
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync(Token);
        await connection.ExecuteAsync(sql);
    }
}
