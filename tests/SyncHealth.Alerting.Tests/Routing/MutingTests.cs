using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;
using Xunit;

namespace SyncHealth.Alerting.Tests.Routing;

public sealed class MutingTests
{
    private static readonly InstanceKey Cellular = new(new SegmentKey(new Dictionary<string, string> { ["network"] = "cellular" }), AlertClass.Threshold);
    private static readonly AlertState Firing = AlertState.New(Some.Noon) with { Status = AlertStatus.Firing };

    [Theory]
    [InlineData(0, MuteReason.Silenced)]
    [InlineData(-1, null)]                                   // before it starts
    [InlineData(60, null)]                                   // the first moment after it
    public void Of_ASilence_HoldsFromItsStartToItsEnd(int minutes, MuteReason? expected) =>
        Assert.Equal(expected, Silenced(minutes, "rule=sync-success-rate", "app=notes").Of(Some.Rule(), "notes", InstanceKey.Fleet));

    [Theory]
    [InlineData("app=photos")]
    [InlineData("network=wifi")]
    [InlineData("class=no_data")]
    [InlineData("team=mobile")]
    public void Of_ASilenceOneOfWhoseMatchersFails_HoldsNothing(string matcher) =>
        Assert.Null(Silenced(0, "rule=sync-success-rate", matcher).Of(Some.Rule() with { Labels = new Dictionary<string, string> { ["team"] = "backend" } }, "notes", Cellular));

    [Theory]
    [InlineData("network=cellular")]
    [InlineData("severity=critical")]
    [InlineData("metric=success_rate")]
    [InlineData("environment=production")]
    [InlineData("team=backend")]
    public void Of_EveryLabelOfAnAlert_CanBeMatched(string matcher) =>
        Assert.Equal(MuteReason.Silenced, Silenced(0, matcher).Of(Some.Rule() with { Labels = new Dictionary<string, string> { ["team"] = "backend", ["rule"] = "spoofed" } }, "notes", Cellular));

    [Fact]
    public void Labels_OfARule_NeverHideWhatTheAlertIs() =>
        Assert.Equal("sync-success-rate", AlertLabels.Of(Some.Rule() with { Labels = new Dictionary<string, string> { ["rule"] = "spoofed" } }, "notes", Cellular)["rule"]);

    [Fact]
    public void Of_ASegmentWhileItsFleetFires_IsInhibited()
    {
        var muting = Nothing();
        muting.Note(Some.Rule(), "notes", InstanceKey.Fleet, Firing);
        Assert.Equal(MuteReason.Inhibited, muting.Of(Segments(), "notes", Cellular));
        Assert.Null(muting.Of(Some.Rule(), "notes", InstanceKey.Fleet));
    }

    [Fact]
    public void Of_ASegmentWhoseFleetSaysSomethingElse_IsTold()
    {
        var muting = Nothing();
        muting.Note(Some.Rule(), "photos", InstanceKey.Fleet, Firing);                                                     // another app
        muting.Note(Some.SlowRule(), "notes", InstanceKey.Fleet, Firing);                                                  // another metric
        muting.Note(Some.Rule() with { Environment = "staging" }, "notes", InstanceKey.Fleet, Firing);                     // another environment
        muting.Note(Some.Rule() with { Severity = AlertSeverity.Info }, "notes", InstanceKey.Fleet, Firing);               // less severe: it wakes nobody
        muting.Note(Some.Rule(), "notes", InstanceKey.Fleet, Firing with { Status = AlertStatus.Pending });                // not open
        muting.Note(Some.Rule(), "notes", new InstanceKey(SegmentKey.Fleet, AlertClass.NoData), Firing);                   // about silence
        muting.Note(Segments(), "notes", Cellular, Firing);                                                                // a segment itself
        Assert.Null(muting.Of(Segments(), "notes", Cellular));
    }

    private static AlertRule Segments() => Some.Rule() with { Name = "by-network", By = ["network"] };

    private static Muting Nothing() => new([], Some.Noon);

    private static Muting Silenced(int minutes, params string[] matchers) => new(
        [new Silence([.. matchers.Select(text => LabelMatcher.TryParse(text, out var matcher, out var problem) ? matcher : throw new ArgumentException(problem))], Some.Noon, Some.Noon.AddHours(1))],
        Some.Noon.AddMinutes(minutes));
}
