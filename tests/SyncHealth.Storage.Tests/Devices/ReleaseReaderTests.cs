using SyncHealth.Contracts;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Tests.Vitals;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Devices;

public sealed class ReleaseReaderTests : IAsyncLifetime
{
    private VitalsStage _stage = null!;

    private DateTimeOffset Now => _stage.Now;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Adoption_ADeviceThatUpdates_CountsInBothReleasesAndOnceInAll()
    {
        var yesterday = Now.AddDays(-1);
        await _stage.CommitAsync(
            new Attempt(yesterday) { Device = 1, Version = "2.9" },
            new Attempt(yesterday) { Device = 2, Version = "2.9" },
            new Attempt(yesterday.AddHours(1)) { Device = 2, Version = "2.10" },
            new Attempt(yesterday.AddHours(1)) { Device = 2, Version = "2.10", Network = "cellular" });
        await _stage.FoldAsync();
        await _stage.MaintainAsync();
        await _stage.CommitAsync(
            new Attempt(Now) { Device = 1, Version = "2.10" },
            new Attempt(Now) { Device = 9, Version = "2.10", Type = SyncType.Open },
            new Attempt(Now.AddDays(-9)) { Device = 1, Version = "1.0" });

        var days = await _stage.Releases.AdoptionAsync("notes", Now.AddDays(-2), Now, [], TestContext.Current.CancellationToken);
        var cellular = await _stage.Releases.AdoptionAsync("notes", Now.AddDays(-2), Now, [new DimensionFilter("network", "cellular")], TestContext.Current.CancellationToken);

        DateTimeOffset Day(int ago) => new(Now.AddDays(-ago).UtcDateTime.Date, TimeSpan.Zero);
        Assert.Equal([new ReleaseDay(Day(1), "2.9", 2, 2), new ReleaseDay(Day(1), "2.10", 1, 2), new ReleaseDay(Day(0), "2.10", 1, 1)], days);
        Assert.Equal([new ReleaseDay(Day(1), "2.10", 1, 1)], cellular);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Releases_Totals_AreOfEveryDeviceSinceItWasFirstSeen(bool folded)
    {
        await _stage.CommitAsync(
            new Attempt(Now.AddDays(-8)) { Device = 1, Version = "2.9" },
            new Attempt(Now.AddDays(-7.5)) { Device = 2, Version = "2.9", Outcome = SyncOutcome.Failure, Error = SyncErrorKind.Offline, DurationMs = 60_001 },
            new Attempt(Now.AddDays(-1)) { Device = 2, Version = "2.9", Retries = 1, Conflicts = 3, Network = "cellular" },
            new Attempt(Now.AddHours(-1)) { Device = 3, Version = "2.10", Type = SyncType.Open });
        if (folded)
            await _stage.FoldAsync();

        var releases = await _stage.Releases.ReleasesAsync("notes", Now, [], TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                new ReleaseTotals
                {
                    AppVersion = "2.9", Devices = 2, ActiveDevices = 1, FirstSeenAt = Now.AddDays(-8), LastSeenAt = Now.AddDays(-1), Attempts = 3, Successes = 2,
                    FirstTry = 1, Failures = new FailureSplit(1, 0, 0), Over60s = 1, Conflicted = 1, Conflicts = 3,
                },
                new ReleaseTotals { AppVersion = "2.10", Devices = 1, ActiveDevices = 1, FirstSeenAt = Now.AddHours(-1), LastSeenAt = Now.AddHours(-1) },
            ],
            releases);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Devices_OfSomeDays_AreTheUnitsOfAVerdict(bool folded)
    {
        await _stage.CommitAsync(
            new Attempt(Now.AddDays(-2)) { Device = 1 },
            new Attempt(Now.AddDays(-1)) { Device = 1, DurationMs = 100 },
            new Attempt(Now) { Device = 1, Outcome = SyncOutcome.Failure, Error = SyncErrorKind.Server, DurationMs = 70_000 },
            new Attempt(Now) { Device = 1, Network = "cellular" },
            new Attempt(Now) { Device = 2, Os = "ios", Type = SyncType.Open });
        if (folded)
            await _stage.FoldAsync();

        var devices = await _stage.Releases.DevicesAsync("notes", Now.AddDays(-1), Now, [new DimensionFilter("app_version", "2.4.1")], TestContext.Current.CancellationToken);

        Assert.Equal([("cellular", 1, 1), ("wifi", 2, 1)], devices.Select(device => (device.Network, (int)device.Attempts, (int)device.Successes)));
        Assert.All(devices, device => Assert.Equal((1, "2.4.1", "android"), (device.DeviceKey, device.AppVersion, device.Os)));
        Assert.Equal((1, 1, 0, 1), (devices[1].FirstTry, devices[1].ServerFailures, devices[1].AppFailures, devices[1].Over60s));
        var sketch = new DurationSketch();
        sketch.Merge(devices[1].Sketch);
        Assert.Equal([(DurationSketch.BucketOf(100), 1L), (DurationSketch.BucketOf(70_000), 1L)], sketch.Buckets);
    }

    [Fact]
    public async Task Read_FiltersBeyondTheRelease_AreRefused() =>
        Assert.Contains("app_version, os, network, environment", (await Assert.ThrowsAsync<VitalsQueryException>(
            () => _stage.Releases.ReleasesAsync("notes", Now, [new DimensionFilter("os_version", "14")], TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);
}
