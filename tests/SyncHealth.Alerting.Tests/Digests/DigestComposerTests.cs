using SyncHealth.Alerting.Digests;
using SyncHealth.Alerting.Messages;
using Xunit;

namespace SyncHealth.Alerting.Tests.Digests;

public sealed class DigestComposerTests
{
    private static readonly DigestDefinition Morning = new("morning", ["slack"]) { Minute = 480, Zone = TimeZoneInfo.Utc };
    private static readonly DigestVitals Good = new(12_340, 310, 97.3, 97.0, 97.6, 9100, 1.9, 14, 5400);

    [Fact]
    public void Compose_AQuietDay_SaysThatThereIsNothingToActOn()
    {
        var message = Compose(Facts(Good, Good));
        Assert.Equal("DIGEST notes, Sun 22 Nov: nothing to act on; success 97.3 %", Headline.Of(message));
        Assert.Equal(
            ["nothing to act on", "97.3 % (as before), 12,340 attempts of 310 devices", "9.1 s (as before)", "1.9 % (as before)",
             "99 % of devices have at most 14 items waiting (as before)", "90 % of devices synced within 1 h 30 min (before: 1 h 30 min)", "no new one", "none", "none", "none"],
            message.Lines.Select(line => line.Text));
    }

    [Fact]
    public void Compose_ABadDay_NamesWhatToActOnWithItsChange()
    {
        var bad = new DigestVitals(11_900, 305, 91.2, 90.7, 91.7, 21_400, 4.0, 40, 7200);
        var facts = Facts(bad, Good) with
        {
            Releases = [new DigestRelease("2.5.0", 34.2, 78.4)],
            Noise = [new RuleNoise("success", 2, 1, 0, 1, 0, null), new RuleNoise("queue", 6, 0, 4, 0, 1, 170)],
            Lost = new Dictionary<string, int> { ["team"] = 2 },
            Late =
            [
                new LateBreach("success", ["cellular"], 84.2, "percent", Some.Noon.AddHours(-14), TimeSpan.FromHours(6)),
                new LateBreach("slow", [], 72_480, "ms", Some.Noon.AddHours(-3), TimeSpan.FromMinutes(90)),
            ],
        };
        var message = Compose(facts);

        Assert.Equal("DIGEST notes, Sun 22 Nov: 4 to act on; success 91.2 %", Headline.Of(message));
        var lines = message.Lines.ToDictionary(line => line.Label, line => line.Text);
        Assert.Equal("success is still open; success fell from 97.3 % to 91.2 %; queue is noisy; team never got 2 messages", lines["To act on"]);
        Assert.Equal("91.2 % (−6.1 points), 11,900 attempts of 305 devices", lines["Success"]);
        Assert.Equal("21.4 s (+12.3 s)", lines["Duration p99"]);
        Assert.Equal("99 % of devices have at most 40 items waiting (+26 items)", lines["Upload queue"]);
        Assert.Equal("2.5.0 is new: 34.2 % of attempts, success 78.4 %", lines["Releases"]);
        Assert.Equal("queue: 6 incidents, 0 acknowledged; success: 2 incidents, 1 acknowledged, 1 open", lines["Alerts"]);
        Assert.Equal(
            "success cellular: 84.2 % up to 2026-11-21 22:00:00 UTC, found 6 h later; slow: 72.5 s up to 2026-11-22 09:00:00 UTC, found 1 h 30 min later", lines["Detected late"]);
        Assert.Equal("queue: 4 of 6 were over within 5 min: a 'for' that is 3 min longer would have kept most of them quiet", lines["Noise"]);
    }

    [Fact]
    public void Compose_ADropThatChanceExplains_IsNothingToActOn() =>
        Assert.StartsWith("nothing", Compose(Facts(Good with { SuccessRate = 96.9, SuccessLow = 96.5, SuccessHigh = 97.2 }, Good)).Lines[0].Text, StringComparison.Ordinal);

    [Fact]
    public void Compose_NothingIsKnown_IsADigestToo()
    {
        var empty = new DigestVitals(0, null, null, null, null, null, null, null, null);
        Assert.Equal(["nothing to act on", "no attempt", "unknown", "unknown", "unknown", "unknown", "no new one", "none", "none", "none"], Compose(Facts(empty, empty)).Lines.Select(line => line.Text));
    }

    [Theory]
    [InlineData(3, 3, 0, null)]                                                          // too few to say
    [InlineData(8, 3, 3, null)]                                                          // less than half
    [InlineData(4, 2, 0, "2 of 4 were over within 5 min: a 'for' that is 2 min longer")]
    [InlineData(4, 0, 3, "3 of 4 came again within half an hour: 'keepFiringFor: 30m'")]
    public void Advice_OnlyForANoisyRule(int incidents, int brief, int duplicates, string? expected)
    {
        var advice = new RuleNoise("r", incidents, 0, brief, 0, duplicates, brief == 0 ? null : 61).Advice;
        Assert.Equal(expected is null, advice is null);
        Assert.StartsWith(expected ?? "", advice ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_EachDueMoment_IsAnIncidentOfItsOwn() =>
        Assert.NotEqual(Compose(Facts(Good, Good)).IncidentKey, Compose(Facts(Good, Good) with { To = Some.Noon.AddDays(1) }).IncidentKey);

    private static AlertMessage Compose(DigestFacts facts) => DigestComposer.Compose(Morning, facts, new MessageLinks(new Uri("https://sync.example.com/"), []));

    private static DigestFacts Facts(DigestVitals now, DigestVitals before) =>
        new("notes", Some.Noon.AddDays(-1), Some.Noon, now, before, [], [], new Dictionary<string, int>());
}
