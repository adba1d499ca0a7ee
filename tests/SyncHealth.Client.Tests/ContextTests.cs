using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Tests;

/// <summary>What the device is, from a provider of the host's.</summary>
public sealed class ContextTests : IDisposable
{
    private readonly FakeIngest _ingest = new();

    public void Dispose() => _ingest.Dispose();

    [Fact]
    public async Task Context_Said_IsOnEveryEventAsOfItsMoment()
    {
        var said = new DeviceContext { Network = SyncNetwork.Wifi, Metered = false, DeviceModel = "Pixel 8" };
        var options = Some.Options(_ingest);
        options.Context = () => said;
        await using var telemetry = SyncTelemetry.Create(options);
        telemetry.StartSync(SyncType.Delta).Succeed();
        said = new DeviceContext { Network = SyncNetwork.Cellular, Metered = true, AppVersion = "3.0", Os = "android", OsVersion = "15" };
        telemetry.Opened(1, null);
        telemetry.StartSync(SyncType.Delta).On(SyncNetwork.Ethernet).Succeed();

        Assert.True(await telemetry.FlushAsync());
        Assert.Equal(["wifi False", "cellular True", "ethernet none"], _ingest.Batches.SelectMany(batch => batch.Events).Select(e =>
            $"{e.GetProperty("network").GetString()} {(e.TryGetProperty("metered", out var metered) ? metered.GetBoolean() : "none")}"));
        var resources = _ingest.Batches.Select(batch => batch.Body.GetProperty("resource")).ToList();
        Assert.Equal(["2.4.1 Pixel 8", "3.0 Pixel 8"], resources.Select(r => $"{r.GetProperty("appVersion").GetString()} {r.GetProperty("deviceModel").GetString()}"));
        Assert.Equal(("android", "15"), (resources[1].GetProperty("os").GetString(), resources[1].GetProperty("osVersion").GetString()));
    }

    [Fact]
    public async Task Context_Throws_CostsTheHostNothing()
    {
        var options = Some.Options(_ingest);
        options.Context = () => throw new InvalidOperationException("no such sensor");
        await using var telemetry = SyncTelemetry.Create(options);
        telemetry.StartSync(SyncType.Delta).Succeed();

        Assert.True(await telemetry.FlushAsync());
        Assert.Single(_ingest.Events);
        Assert.Equal("no such sensor", telemetry.Status.LastProblem);
    }

    [Fact]
    public async Task Context_SaysTheSame_MakesOneBatch()
    {
        var options = Some.Options(_ingest);
        options.Context = () => new DeviceContext { AppVersion = new string("3.0".AsSpan()), Network = SyncNetwork.Wifi };
        await using var telemetry = SyncTelemetry.Create(options);
        for (var i = 0; i < 10; i++)
            telemetry.StartSync(SyncType.Delta).Succeed();

        Assert.True(await telemetry.FlushAsync());
        Assert.Single(_ingest.Batches);
    }
}
