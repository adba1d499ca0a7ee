using AngleSharp.Dom;
using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Panels;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Tests.Fakes;
using SyncHealth.Dashboard.Tests.Pages;
using SyncHealth.Statistics.Causes;
using SyncHealth.Storage.Causes;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Tests.Panels;

public sealed class CausePanelTests
{
    [Fact]
    public async Task Render_OneCause_SaysEveryDimensionOfItAndWhatItDid()
    {
        var page = await RenderAsync(Some.Cause(
            [Some.GotWorse(new DimensionValue("app_version", "2.5.0"), new DimensionValue("network", "cellular"))], new ErrorCause(new ErrorCodeCounts("timeout:http_504", 3, 1700), 0.94, 0.001)));

        Assert.Equal(["2.5.0", "any", "cellular", "any", "got worse", "97 %", "2 %", "90 %", "80", "Explore"], page.QuerySelectorAll("tbody td").Select(Text));
        Assert.Equal("/explore?range=6h&app=notes&filter=app_version%3A2.5.0&filter=network%3Acellular", page.QuerySelector("tbody a")!.GetAttribute("href"));
        Assert.Equal("By error: timeout · http_504 94 %.", Text(page.QuerySelector("[data-cause=errors]")!));
        Assert.Contains("17 pts are segments that got worse and 1 pts traffic that moved", Text(page.QuerySelector("footer")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_NoCause_SaysThatNoSingleDimensionExplainsIt() =>
        Assert.StartsWith("No single dimension explains this", Text((await RenderAsync(Some.Cause([]))).QuerySelector("[data-cause=none]")!), StringComparison.Ordinal);

    [Fact]
    public async Task Render_TooFewDevices_SaysHowManyThereAre() => Assert.Equal(
        "Too few devices to name a cause: 40 devices, where 60 are the least.",
        Text((await RenderAsync(Some.Cause([]) with { Now = new CauseCounts(1000, 136, 40) })).QuerySelector("[data-cause=none]")!));

    [Fact]
    public async Task Render_HeadlineNamesASegmentThatIsNotProven_SaysThatAndNotThatNothingExplainsIt()
    {
        var page = await RenderAsync(Some.Cause([]), new Suspect([new DimensionFilter("app_version", "2.5.0"), new DimensionFilter("network", "cellular")], 0.92, new Tally(92, 100)));

        Assert.Null(page.QuerySelector("[data-cause=none]"));
        var said = page.QuerySelector("[data-cause=unproven]")!;
        Assert.Equal(
            "Failures are concentrated in app version 2.5.0 on cellular: 92 % of them, and 92 % of its attempts fail. "
            + "That it explains the drop is not beyond doubt: causes are judged over whole hours, in segments of 30 devices and more.",
            Text(said));
        Assert.Equal("/explore?range=6h&app=notes&filter=app_version%3A2.5.0&filter=network%3Acellular", said.QuerySelector("a")!.GetAttribute("href"));
        Assert.DoesNotContain("traffic that moved", Text(page.QuerySelector("footer")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_NewRelease_SaysThatItIsNewAndWhereInItFailuresAre()
    {
        var cause = new Cause(new CauseElement([new DimensionValue("app_version", "2.5.0")], default, new CauseCounts(2000, 700, 80)), CauseKind.MixMoved, 0.98, 0.001);

        var page = await RenderAsync(Some.Cause([cause]), new Suspect([new DimensionFilter("app_version", "2.5.0"), new DimensionFilter("network", "cellular")], 0.92, new Tally(92, 100)));

        Assert.Equal(("new", "–"), (Text(page.QuerySelector("tbody tr td:nth-child(5)")!), Text(page.QuerySelector("tbody tr td:nth-child(7)")!)));
        Assert.Null(page.QuerySelector("[data-cause=place]"));
        Assert.Equal("Failures are concentrated in app version 2.5.0 on cellular: 92 % of them, and 92 % of its attempts fail.", Text(page.QuerySelector("[data-cause=within]")!));
    }

    [Fact]
    public async Task Render_NewSegmentWithAPlace_IsOneRowHeldAgainstWhatWasThere()
    {
        var page = await RenderAsync(Some.Cause([Some.GotWorse(new DimensionValue("app_version", "2.5.0"), new DimensionValue("network", "cellular")) with { Kind = CauseKind.New }]));

        Assert.Equal(["2.5.0", "any", "cellular", "any", "new", "97 %", "2 %", "90 %", "80", "Explore"], page.QuerySelectorAll("tbody td").Select(Text));
        Assert.Equal("What is new is held against what was in its place before.", Text(page.QuerySelector("[data-cause=place]")!));
        Assert.Null(page.QuerySelector("[data-cause=within]"));
    }

    [Theory]
    [InlineData(0, "20 % of attempts failed since 4 Mar 12:00, 2 % from ")]
    [InlineData(1, "20 % of attempts failed from 4 Mar 12:00 to 4 Mar 15:00, 2 % from ")]
    public async Task Render_DropThatLasts_EndsNowAndNotAtTheEndOfTheRunningHour(int hours, string expected)
    {
        var page = await RenderedPage.OfAsync<CausePanel>(Parameters(Some.Cause([]), null, Some.Now.AddHours(hours).AddMinutes(-1)));

        Assert.StartsWith(expected, Text(page.QuerySelector(".note")!), StringComparison.Ordinal);
    }

    private static Task<IDocument> RenderAsync(CauseAnswer answer, Suspect? concentration = null) => RenderedPage.OfAsync<CausePanel>(Parameters(answer, concentration, Some.Now));

    private static Dictionary<string, object?> Parameters(CauseAnswer answer, Suspect? concentration, DateTimeOffset now) => new()
    {
        [nameof(CausePanel.Answer)] = answer,
        [nameof(CausePanel.Concentration)] = concentration,
        [nameof(CausePanel.Now)] = now,
        [nameof(CausePanel.State)] = OverviewState.Parse("notes", "6h", "version", null, TimeRange.Hour),
    };

    private static string Text(IElement element) => string.Join(' ', element.TextContent.Replace('\u00A0', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
