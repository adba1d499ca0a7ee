using SyncHealth.Alerting.Routing;
using SyncHealth.Dashboard.Alerts;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Dashboard.Tests.Alerts;

public sealed class SilenceReachTests
{
    private static readonly SilenceTarget[] Targets =
    [
        new("rate", "notes", Labels(("app_version", "2.5.0")), "firing", Labels(("rule", "rate"), ("app", "notes"), ("app_version", "2.5.0"))),
        new("rate", "mail", Labels(), "resolved", Labels(("rule", "rate"), ("app", "mail"))),
        new("rate", null, Labels(), null, Labels(("rule", "rate"), ("severity", "critical"))),
        new("slow", null, Labels(), null, Labels(("rule", "slow"), ("severity", "warning"), ("app", "mail"))),
    ];

    [Fact]
    public void Of_EveryConditionHasToHold()
    {
        var reach = SilenceReach.Of([LabelMatcher.Exactly("app", "notes"), LabelMatcher.Exactly("app_version", "2.5.0")], Targets);

        Assert.Equal(("rate", "firing"), (Assert.Single(reach.Alerts).Rule, reach.Alerts[0].State));
        Assert.StartsWith("notes, ", reach.Alerts[0].Place, StringComparison.Ordinal);
        Assert.Equal(["rate"], reach.Rules);
    }

    [Fact]
    public void Of_ALabelThatARuleDoesNotFix_MayBeAny() =>
        Assert.Equal(["rate", "slow"], SilenceReach.Of([LabelMatcher.Exactly("network", "wifi")], Targets).Rules);

    [Fact]
    public void Of_NothingMeetsIt_IsEmpty()
    {
        var reach = SilenceReach.Of([LabelMatcher.Exactly("rule", "unknown")], Targets);

        Assert.Empty(reach.Alerts);
        Assert.Empty(reach.Rules);
    }

    private static Dictionary<string, string> Labels(params (string Label, string Value)[] labels) => labels.ToDictionary(pair => pair.Label, pair => pair.Value);
}
