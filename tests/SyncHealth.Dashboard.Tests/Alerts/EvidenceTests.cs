using SyncHealth.Dashboard.Alerts;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Dashboard.Tests.Alerts;

public sealed class EvidenceTests
{
    private const string Breach = """
        {"verdict":"breach","measurement":{"window":{"from":"2026-03-04T14:00:00+00:00","to":"2026-03-04T14:15:00+00:00"},"attempts":1240,"devices":212,"offending":169,"value":86.37}}
        """;

    [Fact]
    public void Of_Breach_SaysValueThresholdAndSample()
    {
        var evidence = Of(Breach);

        Assert.Equal("86.4 % against a threshold of 95 %", Plain(evidence.Value));
        Assert.Equal("1,240 attempts from 212 devices", Plain(evidence.Sample));
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 14, 15, 0, TimeSpan.Zero), evidence.To);
    }

    [Fact]
    public void Of_MovingThreshold_SaysTheOneThatWasJudgedByAndWhatWasBefore()
    {
        var evidence = Of(Breach.Trim()[..^1] + ""","limits":{"breach":91.5,"recover":92},"baseline":{"window":{"from":"2026-03-04T14:00:00Z","to":"2026-03-04T14:15:00Z"},"attempts":1,"devices":1,"offending":0,"value":96.5}}""");

        Assert.Equal("86.4 % against a threshold of 91.5 % (96.5 % before)", Plain(evidence.Value));
    }

    [Fact]
    public void Of_NoEvidence_DoesNotInventAValue()
    {
        var evidence = Of("""{"verdict":"noEvidence","measurement":{"window":{"from":"2026-03-04T14:00:00Z","to":"2026-03-04T14:15:00Z"},"attempts":0,"devices":3,"offending":0}}""");

        Assert.Equal(("no evidence against a threshold of 95 %", "3 devices"), (Plain(evidence.Value), Plain(evidence.Sample)));
    }

    [Fact]
    public void Of_ReleaseVerdict_IsItsSentence() => Assert.Equal("2.5.0 is worse than 2.4.1.", Of(Breach.Trim()[..^1] +
        ""","release":{"verdict":"worse","baseline":"2.4.1","sentence":"2.5.0 is worse than 2.4.1.","advice":"Stop.","figures":[{"metric":"success_rate","verdict":"worse","difference":-6.1,"low":-8,"high":-4}]}}""").Value);

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"verdict":"of another version"}""")]
    public void Of_NothingReadable_SaysSo(string json) => Assert.Equal(new Evidence("nothing was evaluated", "", null, null), Of(json));

    [Theory]
    [InlineData("delivered", 1, false, "delivered", "1.2 s")]
    [InlineData("waiting", 0, false, "waiting", "")]
    [InlineData("waiting", 3, true, "waiting after 3 attempts", "")]
    [InlineData("refused", 1, false, "refused", "")]
    [InlineData("expired", 9, true, "given up, may have arrived", "")]
    [InlineData("cancelled", 0, false, "not needed any more", "")]
    public void Describe_Delivery_SaysHowItStands(string status, int attempts, bool inDoubt, string state, string took)
    {
        var at = new DateTimeOffset(2026, 3, 4, 14, 0, 0, TimeSpan.Zero);
        DateTimeOffset? end = status == "waiting" ? null : at.AddMilliseconds(1200);

        var line = AlertPhrases.Describe(new LoggedDelivery("rate", new Dictionary<string, string>(), "threshold", "slack", "trigger", status, at, at, end, attempts, inDoubt, "", null));

        Assert.Equal((state, took), (Plain(line.State), Plain(line.Took)));
    }

    [Fact]
    public void Place_Segment_IsSpoken() => Assert.Equal(
        "app version 2.5.0, network cellular, tag:region eu",
        AlertPhrases.Place(new Dictionary<string, string> { ["app_version"] = "2.5.0", ["network"] = "cellular", ["tag:region"] = "eu" }));

    private static Evidence Of(string inputs) => Evidence.Of(new LoggedTransition(
        new AlertTransitionSummary("rate", "notes", new Dictionary<string, string>(), "critical", "pending", "firing", DateTimeOffset.UnixEpoch, "breach", inputs), "percent", 95));

    private static string Plain(string text) => text.Replace('\u00A0', ' ');

    [Theory]
    [InlineData("breach", "pending", "past the threshold")]
    [InlineData("breach", "firing", "past the threshold for as long as the rule asks")]
    [InlineData("rule_deleted", "resolved", "the rule was removed")]
    [InlineData("not_known_yet", "firing", "not known yet")]
    public void Reason_SaysWhatLedToTheStatus(string reason, string to, string expected) => Assert.Equal(expected, AlertPhrases.Reason(reason, to));
}
