using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Tests.Fakes;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Dashboard.Tests.Wording;

public sealed class AlertWordsTests
{
    private static readonly AlertSummary Firing = new(
        "sync-success-rate", "notes", new Dictionary<string, string>(), "critical", "firing", Some.Now, 86.4, 95, "%", 1000, 100, Some.Now);

    /// <summary>A release has no threshold of its own: it is worse, and by how much.</summary>
    [Fact]
    public void Sentence_OfAReleaseVerdict_SaysHowMuchWorse()
    {
        var release = Firing with { Unit = "points", Value = 6.1, Threshold = 0, Segment = new Dictionary<string, string> { ["app_version"] = "2.5.0" } };

        Assert.Equal("6.1 points worse · app_version 2.5.0 · critical", Plain(AlertWords.Sentence(release)));
        Assert.Equal(("release", "release verdict", "no verdict at present"), (AlertWords.Class(release), AlertWords.LimitOf(release), AlertWords.ValueOf(release with { Value = null })));
    }

    [Fact]
    public void Sentence_HasValueThresholdAndSeverity() => Assert.Equal("86.4 %, threshold 95 % · critical", Plain(AlertWords.Sentence(Firing)));

    [Fact]
    public void Sentence_NoEvidence_SaysSoInsteadOfANumber() => Assert.StartsWith("no evidence, threshold 95", AlertWords.Sentence(Firing with { Value = null }), StringComparison.Ordinal);

    [Fact]
    public void Sentence_OfASegment_NamesIt() =>
        Assert.Equal("71 s, threshold 60 s · network Wi-Fi · warning", Plain(AlertWords.Sentence(
            Firing with { Segment = new Dictionary<string, string> { ["network"] = "wifi" }, Severity = "warning", Value = 71_000, Threshold = 60_000, Unit = "ms" })));

    [Theory]
    [InlineData("firing", Band.Poor)]
    [InlineData("pending", Band.NeedsAttention)]
    [InlineData("recovering", Band.NeedsAttention)]
    public void Band_OnlyFiringIsPoor(string state, Band expected) => Assert.Equal(expected, AlertWords.Band(Firing with { State = state }));

    private static string Plain(string text) => text.Replace('\u00A0', ' ');
}
