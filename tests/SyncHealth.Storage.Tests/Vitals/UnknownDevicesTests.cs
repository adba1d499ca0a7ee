using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

/// <summary>Where devices were counted from raw events that are gone, nobody knows how many there were.</summary>
public sealed class UnknownDevicesTests : IAsyncLifetime
{
    private VitalsStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData("app_version", VitalsClock.Event, 1L)]
    [InlineData("os_version", VitalsClock.Event, null)]
    [InlineData("type", VitalsClock.Event, null)]
    [InlineData("trigger", VitalsClock.Event, null)]
    [InlineData("app_version", VitalsClock.Arrival, null)]
    public async Task Devices_OlderThanRawEvents_AreUnknownWhereOnlyThoseKnowThem(string by, VitalsClock clock, long? old)
    {
        await _stage.CommitAsync(
            new Attempt(_stage.Now.AddDays(-40)) { Device = 7 },
            new Attempt(_stage.Now.AddDays(-1)) { Device = 7 },
            new Attempt(_stage.Now.AddDays(-1)) { Device = 8 });
        await _stage.FoldAsync();
        await _stage.MaintainAsync();
        var question = _stage.Ask(TimeSpan.FromDays(50), TimeSpan.FromDays(1), by) with { Clock = clock };

        var days = Assert.Single((await _stage.ReadAsync(question)).Groups).Points.Where(point => point.Attempts > 0);
        var whole = Assert.Single((await _stage.ReadAsync(question with { Step = null })).Groups).Points[0];

        Assert.Equal([(1L, old), (2L, 2L)], days.Select(point => (point.Attempts, point.Devices)));
        Assert.Equal((3L, old is null ? null : 2L), (whole.Attempts, whole.Devices));
    }
}
