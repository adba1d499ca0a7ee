using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Tests.Vitals;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Devices;

public sealed class DeviceReaderTests : IAsyncLifetime
{
    private VitalsStage _stage = null!;

    private DateTimeOffset Now => _stage.Now;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task FurthestBehind_DeepestFirst_TiesByTheOldestPendingWrite()
    {
        await _stage.CommitAsync(
            new Attempt(Now.AddDays(-8)) { Device = 1, Queue = 9_999 },
            new Attempt(Now.AddHours(-1)) { Device = 2, Queue = 5, OldestPending = TimeSpan.FromHours(1) },
            new Attempt(Now.AddHours(-1)) { Device = 3, Queue = 5, OldestPending = TimeSpan.FromHours(9), Version = "3.0" },
            new Attempt(Now.AddHours(-1)) { Device = 4, Queue = 70 },
            new Attempt(Now.AddHours(-1)) { Device = -1, Queue = 0 });

        var devices = await ReadAsync(3);

        Assert.Equal(["0000000000000004", "0000000000000003", "0000000000000002"], devices.Select(device => device.Key));
        Assert.Equal(
            new DeviceSummary("0000000000000003", "3.0", "android", "14", "wifi", "Pixel 8", 5, Now.AddHours(-10), Now.AddHours(-1), Now.AddHours(-1)),
            devices[1]);
        Assert.Equal("ffffffffffffffff", (await ReadAsync(9))[^1].Key);
    }

    [Fact]
    public async Task FurthestBehind_WhileReportsWaitForTheFold_KnowsThemAlready()
    {
        await _stage.CommitAsync(new Attempt(Now.AddHours(-2)) { Device = 1, Queue = 8 }, new Attempt(Now.AddHours(-2)) { Device = 2, Queue = 6 });
        await _stage.FoldAsync();
        await _stage.CommitAsync(
            new Attempt(Now.AddHours(-1)) { Device = 1, Queue = 2, Version = "3.0" },
            new Attempt(Now.AddHours(-3)) { Device = 2, Queue = 99 });

        var devices = await ReadAsync(9);

        Assert.Equal([("0000000000000002", 6), ("0000000000000001", 2)], devices.Select(device => (device.Key, device.QueueDepth)));
        Assert.Equal("3.0", devices[1].AppVersion);
    }

    [Fact]
    public async Task FurthestBehind_Filters_AreOfDevices()
    {
        await _stage.CommitAsync(
            new Attempt(Now.AddHours(-1)) { Device = 1, Cohort = "beta", Os = "ios" },
            new Attempt(Now.AddHours(-1)) { Device = 2, Cohort = "stable", Os = "ios" });

        var devices = await ReadAsync(9, new DimensionFilter("tag:cohort", "beta"), new DimensionFilter("os", "ios"));

        Assert.Equal("0000000000000001", Assert.Single(devices).Key);
        var exception = await Assert.ThrowsAsync<VitalsQueryException>(() => ReadAsync(9, new DimensionFilter("outcome", "failure")));
        Assert.Contains("device_model", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("error_kind", exception.Message, StringComparison.Ordinal);
    }

    private Task<IReadOnlyList<DeviceSummary>> ReadAsync(int limit, params IReadOnlyList<DimensionFilter> filters) =>
        _stage.Devices.FurthestBehindAsync("notes", Now, filters, limit, TestContext.Current.CancellationToken);
}
