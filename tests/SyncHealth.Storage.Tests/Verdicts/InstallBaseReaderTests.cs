using SyncHealth.Storage.Tests.Vitals;
using SyncHealth.Storage.Verdicts;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Verdicts;

public sealed class InstallBaseReaderTests : IAsyncLifetime
{
    private VitalsStage _stage = null!;

    private DateTimeOffset Now => _stage.Now;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_OneReleaseAfterAnother_EachHasItsStage(bool folded)
    {
        await _stage.CommitAsync(
            from device in Enumerable.Range(1, 10)
            from moved in new[] { (Version: "2.9", Back: 12.0), (Version: "2.10", Back: 3.0), (Version: "2.11", Back: 0.5) }
            where moved.Version != "2.11" || device <= 4
            select new Attempt(Now.AddDays(-moved.Back)) { Device = device, Version = moved.Version });
        await _stage.CommitAsync(new Attempt(Now.AddDays(-9)) { Device = 77, Version = "2.9" }, new Attempt(Now) { Device = 78, Version = "2.11" }, new Attempt(Now) { Device = 79, Version = "" });
        if (folded)
            await _stage.FoldAsync();

        var found = await _stage.Installs.ReadAsync("notes", ReleaseKind.Version, Now, [], TestContext.Current.CancellationToken);

        Assert.Equal(1, found!.OneDeviceIn);
        Assert.Equal(
            [("2.9", 11, 0, 0, ReleaseStage.Replaced), ("2.10", 10, 6, 0, ReleaseStage.Adopted), ("2.11", 5, 5, 4, ReleaseStage.RollingOut)],
            found.Releases.Select(release => (release.Name, (int)release.Devices, (int)release.CurrentDevices, (int)release.JoinedDevices, release.Stage)));
        Assert.Equal(Now.AddDays(-3), found.Releases[1].FirstSeenAt);
        Assert.Equal(100.0 * 6 / 12, found.Releases[1].Share);
    }

    [Fact]
    public async Task Read_ByBuildAndByTag_NamesWhatDiffers()
    {
        await _stage.PromoteAsync("cohort", Now.AddDays(-3));
        await _stage.CommitAsync(
            new Attempt(Now) { Device = 1, Version = "2.5.0+101", Cohort = "on" }, new Attempt(Now) { Device = 2, Version = "2.5.0+102", Cohort = "off" }, new Attempt(Now) { Device = 3, Version = "2.5.0+102", Cohort = "on" });

        Assert.Equal([("2.5.0", 3L)], await NamesAsync(ReleaseKind.Version));
        Assert.Equal([("2.5.0+101", 1L), ("2.5.0+102", 2L)], await NamesAsync(ReleaseKind.Build));
        Assert.Equal([("off", 1L), ("on", 2L)], await NamesAsync(ReleaseKind.Tag));
    }

    [Fact]
    public async Task Read_Filters_NarrowToTheirDevices()
    {
        await _stage.CommitAsync(new Attempt(Now) { Device = 1 }, new Attempt(Now) { Device = 2, Os = "ios" });

        var found = await _stage.Installs.ReadAsync("notes", ReleaseKind.Version, Now, [new DimensionFilter("os", "ios")], TestContext.Current.CancellationToken);

        Assert.Equal((1L, 1L), (Assert.Single(found!.Releases).Devices, found.Releases[0].AllDevices));
        Assert.Null(await _stage.Installs.ReadAsync("mail", ReleaseKind.Version, Now, [], TestContext.Current.CancellationToken));
    }

    private async Task<IEnumerable<(string, long)>> NamesAsync(ReleaseKind kind) =>
        (await _stage.Installs.ReadAsync("notes", kind, Now, [], TestContext.Current.CancellationToken))!.Releases.Select(release => (release.Name, release.CurrentDevices));
}
