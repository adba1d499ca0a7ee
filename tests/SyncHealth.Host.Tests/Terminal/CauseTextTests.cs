using System.Text.Json;
using SyncHealth.Host.Terminal;
using Xunit;

namespace SyncHealth.Host.Tests.Terminal;

public sealed class CauseTextTests
{
    [Fact]
    public void Render_OneCause_SaysEveryDimensionAndTheError()
    {
        var text = Render("""{"by":{"tag:region":"ap-south"},"kind":"got_worse","explained":0.97,"failureRateBefore":2,"failureRate":90,"devices":80}""", change: 18);

        Assert.Contains("+18.0 points of attempts", text, StringComparison.Ordinal);
        Assert.Matches(@"any\s+any\s+any\s+ap-south\s+got worse\s+97\.0 %\s+2\.0 %\s+90\.0 %\s+80", text);
        Assert.Contains("error server http_503: 94.0 % of the drop", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.5", @"2\.5 %")]
    [InlineData("null", "–")]
    public void Render_NewSegment_SaysSoAndWhatItIsHeldAgainst(string before, string shown) => Assert.Matches(
        @"2\.5\.0\s+any\s+cellular\s+any\s+new\s+96\.0 %\s+" + shown + @"\s+45\.0 %\s+60",
        Render($$"""{"by":{"app_version":"2.5.0","network":"cellular"},"kind":"new","explained":0.96,"failureRateBefore":{{before}},"failureRate":45,"devices":60}""", change: 18));

    [Theory]
    [InlineData("true", "No single dimension explains this.")]
    [InlineData("false", "Too few devices to name a cause.")]
    public void Render_NoCause_SaysWhy(string enough, string words) => Assert.Contains(words, Render("", 18, enough), StringComparison.Ordinal);

    [Fact]
    public void Render_NoDrop_SaysSo() => Assert.Contains("did not drop", Render("", change: -1), StringComparison.Ordinal);

    private static string Render(string causes, double change, string enough = "true")
    {
        using var document = JsonDocument.Parse($$"""
            {"from":"2026-03-04T12:00:00Z","to":"2026-03-04T15:00:00Z","beforeFrom":"2026-03-04T09:00:00Z","beforeTo":"2026-03-04T12:00:00Z",
             "dimensions":["app_version","os","network","tag:region"],"enough":{{enough}},"change":{{change}},"gotWorse":17,"mixMoved":1,
             "causes":[{{causes}}],"errors":[{"kind":"server","code":"http_503","explained":0.94}]}
            """);
        return CauseText.Render(document.RootElement);
    }
}
