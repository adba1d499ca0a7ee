using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Panels;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Tests.Fakes;
using SyncHealth.Dashboard.Tests.Pages;
using SyncHealth.Storage.Alerts;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Tests.Panels;

public sealed class PanelTests
{
    private const string Hostile = "<img src=x onerror=alert(1)>";

    private static readonly OverviewState State = new("notes", TimeRange.Hour, null, FilterSet.Empty);

    [Fact]
    public async Task Tile_Poor_SaysSoInWordsAndShape()
    {
        var tile = VitalTile.All(Some.Point(1000, 300), Some.Point(), Some.Minutes(_ => 30), Some.Bands)[0];

        var page = await RenderedPage.OfAsync<TileCard>(new() { ["Tile"] = tile, ["Before"] = "previous hour" });

        Assert.Equal("70\u00A0%", page.QuerySelector(".value")!.TextContent);
        Assert.Equal("poor", page.QuerySelector(".band")!.TextContent.Trim());
        Assert.NotNull(page.QuerySelector("svg.band-icon.poor"));
        Assert.Contains("−29\u00A0pts worse", page.QuerySelector(".change")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headline_NamesASegment_LeadsToExploreNarrowedToIt()
    {
        var headline = new Headline(Band.Poor, [new HeadlinePart("x")], [new DimensionFilter("network", "cellular")], VitalSign.Duration);

        var page = await RenderedPage.OfAsync<HeadlinePanel>(new() { ["Headline"] = headline, ["State"] = State, ["Now"] = Some.Now });
        var there = await RenderedPage.OfAsync<HeadlinePanel>(new()
        {
            ["Headline"] = headline, ["State"] = State with { Filters = FilterSet.Parse(["network:cellular"]) }, ["Now"] = Some.Now,
        });

        var link = Assert.Single(page.QuerySelectorAll("a"));
        Assert.Equal("/explore?range=1h&app=notes&metric=duration_p99&filter=network%3Acellular", link.GetAttribute("href"));
        Assert.Equal("Show only this", link.TextContent);
        Assert.Equal(link.GetAttribute("href"), there.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("Explore", there.QuerySelector("a")!.TextContent);
    }

    [Fact]
    public async Task Headline_NothingMeasured_LeadsNowhere()
    {
        var page = await RenderedPage.OfAsync<HeadlinePanel>(new() { ["Headline"] = new Headline(Band.NoData, [new HeadlinePart("x")], []), ["State"] = State, ["Now"] = Some.Now });

        Assert.Null(page.QuerySelector("a"));
    }

    [Fact]
    public async Task Tile_OfTheOverview_LeadsToItsMetric()
    {
        var tile = VitalTile.All(Some.Point(), Some.Point(), [], Some.Bands)[0];

        var page = await RenderedPage.OfAsync<TileCard>(new() { ["Tile"] = tile, ["Before"] = "previous hour", ["Explore"] = "/explore?range=1h" });

        Assert.Equal("/explore?range=1h", page.QuerySelector("h2 a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Risk_SilentAndStuckDevices_AreToldApart()
    {
        var work = new WorkAtRisk { SilentDevices = 1, SilentItems = 5, StuckDevices = 2, StuckItems = 1_040 };

        var page = await RenderedPage.OfAsync<RiskLine>(new() { ["Work"] = work, ["Waiting"] = TimeSpan.FromHours(6), ["Explore"] = "/explore" });

        var text = page.QuerySelector(".risk")!.TextContent.Replace('\u00A0', ' ');
        Assert.Contains("1,045 items on 3 devices wait for more than 6 h", string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)).Replace("Work at risk: ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("1 device is silent since then (5 items), 2 devices report and are stuck (1,040 items).", text, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("svg.band-icon"));
    }

    [Fact]
    public async Task Risk_Nothing_SaysSo()
    {
        var page = await RenderedPage.OfAsync<RiskLine>(new() { ["Work"] = new WorkAtRisk(), ["Waiting"] = TimeSpan.FromHours(6), ["Explore"] = "/explore" });

        Assert.Contains("No work is at risk", page.QuerySelector(".risk")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("a"));
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("ann", null, "ann is on it")]
    [InlineData(null, "silenced", "silenced")]
    [InlineData(Hostile, "flapping", Hostile + " is on it · flapping")]
    public async Task Alerts_OneThatSomebodyHandles_SaysSo(string? by, string? muted, string? expected)
    {
        var alert = new AlertSummary("rate", "notes", new Dictionary<string, string>(), "critical", "firing", Some.Now, 86.4, 95, "percent", 1000, 100, Some.Now) { AcknowledgedBy = by, Muted = muted };

        var page = await RenderedPage.OfAsync<AlertStrip>(new() { ["Alerts"] = new[] { alert }, ["Now"] = Some.Now });

        Assert.Equal(expected, page.QuerySelector(".handling")?.TextContent);
    }

    [Fact]
    public async Task Controls_FilterSet_ShowsAChipThatTakesItBack()
    {
        var page = await RenderedPage.OfAsync<ControlBar>(new()
        {
            ["State"] = State with { Filters = FilterSet.Parse(["app_version:" + Hostile]) },
            ["App"] = new AppSummary("notes", new Dictionary<string, IReadOnlyList<string>> { ["app_version"] = ["1.0", "", Hostile] }),
        });

        Assert.Equal("/?range=1h&app=notes", page.QuerySelector("a.chip")!.GetAttribute("href"));
        Assert.Empty(page.QuerySelectorAll("img"));
        Assert.Equal(["", "=1.0", "="], page.QuerySelectorAll("select[data-filter=app_version] option").Select(option => option.GetAttribute("value")!));
        Assert.Equal("1h", page.QuerySelector("[aria-label=Range] a[aria-current]")!.TextContent);
    }

    [Fact]
    public async Task Alerts_Firing_ShowValueThresholdAndSince()
    {
        var alert = new AlertSummary("sync-success-rate", "notes", new Dictionary<string, string>(), "critical", "firing", Some.Now.AddMinutes(-20), 86.4, 95, "percent", 1000, 100, Some.Now);

        var page = await RenderedPage.OfAsync<AlertStrip>(new() { ["Alerts"] = new[] { alert }, ["Unreached"] = new[] { "queue" }, ["Now"] = Some.Now, ["ReceiversPath"] = "/receivers" });

        var text = page.QuerySelector("li")!.TextContent.Replace('\u00A0', ' ');
        Assert.Contains("86.4 %, threshold 95 %", text, StringComparison.Ordinal);
        Assert.Contains("since 14:40", text, StringComparison.Ordinal);
        Assert.Contains("reaches nobody", page.QuerySelector(".unreached")!.TextContent.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Equal("/alerts#receivers", page.QuerySelector(".unreached a")!.GetAttribute("href"));
        Assert.Equal("/receivers", page.QuerySelector("a[target=_blank]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Alerts_NobodyEvaluates_SaySoAloudAndNeverThatAllIsWell()
    {
        var watched = await RenderedPage.OfAsync<AlertStrip>(new() { ["Alerts"] = Array.Empty<AlertSummary>(), ["Now"] = Some.Now });
        var unwatched = await RenderedPage.OfAsync<AlertStrip>(new() { ["Alerts"] = Array.Empty<AlertSummary>(), ["Now"] = Some.Now, ["UnwatchedFor"] = TimeSpan.FromMinutes(2) });

        Assert.Null(watched.QuerySelector("[role=alert]"));
        Assert.Contains("No rule has been evaluated for 2 min", unwatched.QuerySelector("[role=alert]")!.TextContent.Replace('\u00A0', ' '), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("threshold", "threshold")]
    [InlineData("no_data", "no data")]
    [InlineData("late", "late data")]
    public async Task Alerts_OfAClass_SayWhich(string stored, string shown)
    {
        var alert = new AlertSummary("r", "notes", new Dictionary<string, string>(), "critical", "firing", Some.Now, null, 95, "percent", 0, 0, Some.Now, stored);

        var page = await RenderedPage.OfAsync<AlertStrip>(new() { ["Alerts"] = new[] { alert }, ["Now"] = Some.Now });

        Assert.Equal(shown, page.QuerySelector("li .class")!.TextContent);
        Assert.NotEmpty(page.QuerySelector("li .class")!.GetAttribute("title")!);
    }

    [Fact]
    public async Task Devices_EmptyQueues_AreNotBehind()
    {
        DeviceSummary[] devices = [Device("a1", 12), Device("b2", 0)];

        var page = await RenderedPage.OfAsync<DeviceTable>(new() { ["Devices"] = devices, ["State"] = OverviewState.Parse("notes", "6h", null, null, TimeRange.Day), ["Now"] = Some.Now });

        var row = Assert.Single(page.QuerySelectorAll("tbody tr"));
        Assert.Equal("/devices/a1?range=6h&app=notes", row.QuerySelector("th a")!.GetAttribute("href"));
        Assert.Equal(["12", "2\u00A0h", "never", "5\u00A0min"], row.QuerySelectorAll("td.number").Select(cell => cell.TextContent));
    }

    private static DeviceSummary Device(string key, int depth) =>
        new(key, "2.5.0", "ios", "18.2", "wifi", Hostile, depth, Some.Now.AddHours(-2), null, Some.Now.AddMinutes(-5));
}
