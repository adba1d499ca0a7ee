using SyncHealth.Alerting.Routing;
using SyncHealth.Dashboard.Alerts;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Dashboard.Tests.Alerts;

public sealed class AlertActionsTests
{
    [Theory]
    [InlineData("2.5.0")]
    [InlineData("~beta.*")]
    [InlineData("=!~<b>")]
    [InlineData("")]
    public void MatchersOf_AnyValue_HoldForThatValueAndNoOther(string value)
    {
        var matchers = AlertActions.MatchersOf(Alert(value))!.Select(text => LabelMatcher.TryParse(text, out var matcher, out _) ? matcher : null).ToArray();

        Assert.All(matchers, matcher => Assert.True(matcher!.Matches(Labels(value))));
        Assert.Contains(matchers, matcher => !matcher!.Matches(Labels(value + "x")));
        Assert.Contains(matchers, matcher => !matcher!.Matches(new Dictionary<string, string>(Labels(value)) { ["app"] = "mail" }));
    }

    [Fact]
    public void MatchersOf_ValueThatCannotBeWritten_SilencesNothing() => Assert.Null(AlertActions.MatchersOf(Alert("two\nlines")));

    private static AlertSummary Alert(string version) => new(
        "rate", "notes", new Dictionary<string, string> { ["app_version"] = version }, "critical", "firing", DateTimeOffset.UnixEpoch, 1, 2, "percent", 3, 4, DateTimeOffset.UnixEpoch);

    private static Dictionary<string, string> Labels(string version) =>
        new() { ["rule"] = "rate", ["app"] = "notes", ["class"] = "threshold", ["app_version"] = version, ["severity"] = "critical" };
}
