using System.Text.Json;
using SyncHealth.Host.Terminal;
using Xunit;

namespace SyncHealth.Host.Tests.Terminal;

public sealed class VitalsTableTests
{
    private const string Answer = """
        { "groups": [
          { "by": { "app_version": "2.5.0" }, "points": [ { "attempts": 1200, "devices": 310, "successRate": 86.44, "durationMs": { "p50": 420, "p90": 1800, "p99": 91000 },
              "conflictRate": 1.9, "queueDepth": { "p99": 14 }, "stalenessSeconds": { "p50": 640 } } ] },
          { "by": { "app_version": "" }, "points": [ { "attempts": 3, "devices": 0, "successRate": null, "durationMs": null, "conflictRate": null, "queueDepth": null, "stalenessSeconds": null } ] } ] }
        """;

    [Fact]
    public void Render_OfAGroupBelowTarget_MarksIt()
    {
        var line = Lines(VitalsTable.Render(Parse(Answer)))[2];
        Assert.Equal("2.5.0           1,200      310   86.4 %  420 ms  1.8 s  91.0 s      1.9 %         14     11 min  ◀ below 95 %", line);
    }

    [Fact]
    public void Render_OfMissingNumbers_ShowsDashesAndNamesTheUnknown()
    {
        var line = Lines(VitalsTable.Render(Parse(Answer)))[3];
        Assert.StartsWith("(unknown)", line, StringComparison.Ordinal);
        Assert.Contains("–", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_WithoutPoints_SaysSo() =>
        Assert.Equal("No sync attempts in this range." + Environment.NewLine, VitalsTable.Render(Parse("""{ "groups": [] }""")));

    [Fact]
    public void RenderCsv_QuotesWhatNeedsIt()
    {
        var csv = VitalsTable.RenderCsv(Parse(Answer.Replace("2.5.0", "2,5 \\\"x\\\"", StringComparison.Ordinal)));
        Assert.StartsWith("\"2,5 \"\"x\"\"\",1200,310,86.44,420,1800,91000,1.9", Lines(csv)[1], StringComparison.Ordinal);
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    private static string[] Lines(string text) => text.Split(Environment.NewLine);
}
