using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Triggers;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Triggers;

public sealed class SyncConstraintsTests
{
    private static readonly SyncConstraints All = new() { RequiresUnmetered = true, RequiresCharging = true, RequiresBatteryNotLow = true };

    [Theory]
    [InlineData(SyncNetwork.None, false, true, false, Deferrals.NoNetwork)]
    [InlineData(SyncNetwork.Cellular, true, false, true, Deferrals.Metered)]
    [InlineData(SyncNetwork.Wifi, true, true, false, Deferrals.Metered)] // somebody's hotspot
    [InlineData(SyncNetwork.Wifi, false, false, true, Deferrals.NotCharging)]
    [InlineData(SyncNetwork.Wifi, false, true, true, Deferrals.BatteryLow)]
    [InlineData(SyncNetwork.Wifi, false, true, false, null)]
    [InlineData(SyncNetwork.Unknown, null, null, null, null)]
    public void Unmet_NamesTheFirstThatDoesNotHold(SyncNetwork network, bool? isMetered, bool? isCharging, bool? isBatteryLow, string? reason) =>
        Assert.Equal(reason, All.Unmet(new NetworkState(network, isMetered), new PowerState(isCharging, isBatteryLow)));

    [Fact]
    public void Unmet_NothingIsRequired_AsksForANetworkOnly()
    {
        Assert.Null(SyncConstraints.None.Unmet(new NetworkState(SyncNetwork.Cellular, true), new PowerState(false, true)));
        Assert.Equal(Deferrals.NoNetwork, SyncConstraints.None.Unmet(new NetworkState(SyncNetwork.None, null), default));
    }

    /// <summary>The article's job: a quarter of an hour, a network that costs nothing, the charger.</summary>
    [Fact]
    public void Defaults_AreThoseOfTheArticle()
    {
        var triggers = new TriggerOptions();

        Assert.Equal((TimeSpan.FromMinutes(15), true, true), (triggers.Period, triggers.Constraints.RequiresUnmetered, triggers.Constraints.RequiresCharging));
        Assert.Equal("syncWork", BackgroundJob.SyncName);
    }
}
