using System.Text.Json;
using SyncHealth.Host.Commands;
using SyncHealth.Host.Terminal;
using Xunit;

namespace SyncHealth.Host.Tests.Terminal;

public sealed class VerdictTableTests
{
    private const string Answer = """
        { "release": "2.5.0", "baseline": "2.4.1", "verdict": "worse", "sentence": "Stop: cellular got worse.", "days": 1, "watermark": "2026-03-04T14:00:00Z", "oneDeviceIn": 1,
          "sample": { "release": { "attempts": 1200, "devices": 310 }, "baseline": { "attempts": 2400, "devices": 620 } },
          "metrics": {
            "success_rate": { "release": 74.02, "baseline": 99.6, "difference": -25.58, "low": -31.02, "high": -20.16, "pValue": 1e-12, "verdict": "worse" },
            "slow_share": { "release": null, "baseline": 1.0, "difference": null, "low": null, "high": null, "pValue": 1, "verdict": "insufficient" } },
          "segments": [
            { "by": { "os": "android", "network": "cellular" }, "verdict": "worse", "sample": { "release": { "attempts": 600, "devices": 155 }, "baseline": { "attempts": 1200, "devices": 310 } },
              "metrics": { "success_rate": { "release": 40, "baseline": 99, "difference": -59, "low": -65, "high": -53.5, "pValue": 0.00021, "verdict": "worse" } } },
            { "by": { "os": "ios", "network": "" }, "verdict": "insufficient", "sample": { "release": { "attempts": 6, "devices": 3 }, "baseline": { "attempts": 12, "devices": 3 } },
              "metrics": { "success_rate": { "difference": null, "verdict": "insufficient" } } } ] }
        """;

    [Fact]
    public void Render_SaysTheSentenceThenTheNumbersBehindIt() => Assert.Equal(
        """
        Stop: cellular got worse.

                       2.5.0   2.4.1  difference         between        p       verdict
        ────────────  ──────  ──────  ──────────  ──────────────  ───────  ────────────
        success rate  74.0 %  99.6 %       -25.6  -31.0 to -20.2  <0.0001         worse
        slow share         –   1.0 %           –               –        –  insufficient

        success rate by segment
        segment              devices  difference         between       p  verdict
        ─────────────────  ─────────  ──────────  ──────────────  ──────  ───────
        android, cellular  155 / 310       -59.0  -65.0 to -53.5  0.0002    worse

        310 devices and 1,200 attempts against 620 and 2,400, in 1 day up to 2026-03-04 14:00 UTC.

        """.ReplaceLineEndings(),
        VerdictTable.Render(JsonDocument.Parse(Answer).RootElement));

    [Fact]
    public void Render_OfAPartOfTheFleet_SaysWhichPart() => Assert.Contains(
        "in 30 days up to 2026-03-04 14:00 UTC; one device in 32 was asked.",
        VerdictTable.Render(JsonDocument.Parse(Answer.Replace("\"days\": 1", "\"days\": 30", StringComparison.Ordinal).Replace("\"oneDeviceIn\": 1", "\"oneDeviceIn\": 32", StringComparison.Ordinal)).RootElement),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("not_worse", 0)]
    [InlineData("worse", 1)]
    [InlineData("inconclusive", 2)]
    [InlineData("insufficient", 2)]
    [InlineData("still_arriving", 2)]
    [InlineData("confounded", 3)]
    public void ExitCode_IsTheContracts(string verdict, int code) => Assert.Equal(code, VerdictCommand.ExitCodeOf(verdict));

    [Fact]
    public void Path_HoldsTheQuestion()
    {
        Assert.Equal("api/v1/releases/2.5.0/verdict?app=notes", VerdictCommand.Path("notes", "2.5.0", null, null, null));
        Assert.Equal(
            "api/v1/releases/2.5.0%2B7/verdict?app=a%20b&baseline=2.4.1&by=build&filter=os%3Aandroid&filter=network%3Acellular",
            VerdictCommand.Path("a b", "2.5.0+7", "2.4.1", "build", "os:android, network:cellular"));
    }
}
