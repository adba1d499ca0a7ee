using SyncHealth.Dashboard.Alerts;
using SyncHealth.Dashboard.Health;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Dashboard.Tests.Alerts;

public sealed class ReceiverLineTests
{
    [Theory]
    [InlineData(true, null, Band.Good, "ready", "")]
    [InlineData(false, null, Band.Poor, "no secret", "is empty: it is told nothing")]
    [InlineData(false, "no_service", Band.Poor, "no secret", "is empty: it is told nothing")]
    [InlineData(true, "no_service", Band.Poor, "switched off", "it said: no_service")]
    public void Describe_SaysWhetherItCanBeTold(bool hasSecret, string? disabled, Band band, string state, string why)
    {
        var line = AlertPhrases.Describe(new ReceiverSummary("slack", "slack", "hooks.slack.com", hasSecret, null, disabled, 0, null, new Dictionary<string, long>()));

        Assert.Equal((band, state), (line.Band, line.State));
        Assert.EndsWith(why, line.Why, StringComparison.Ordinal);
    }
}
