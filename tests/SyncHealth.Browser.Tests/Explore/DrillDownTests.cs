using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Browser.Tests.Seeding;

namespace SyncHealth.Browser.Tests.Explore;

/// <summary>Every way down: from the overview to Explore, and on Explore from the whole to its part.</summary>
public sealed class DrillDownTests(Platform platform)
{
    [Fact]
    public async Task Stranger_SyncGotWorse_NamesVersionOsNetworkAndErrorWithinThreeClicks()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenAsync("/?app=notes");

        // One: what the sentence names.
        await page.Page.ClickAsync(".headline a.button");
        await page.WaitForAddressAsync("/explore");
        await page.WaitForAnswerAsync("network%3Acellular");
        Assert.Equal(["App version: 2.5.0", "Network: cellular"], await ChipsAsync(page));
        // The page says which systems: all of them, none better than the other.
        Assert.Equal("Success rate by OS", await page.TextAsync("#breakdown-title"));
        Assert.Equal(["Android", "iOS"], (await page.Page.Locator("#breakdown .name").AllInnerTextsAsync()).Order());
        // And which error explains the drop.
        Assert.Equal($"timeout · {SeededFleet.BadCode}", await page.TextAsync("#errors tbody tr:first-child th"));

        // Two: one of the systems.
        await page.Page.ClickAsync("#breakdown tbody tr:first-child a");
        await page.WaitForAnswerAsync("filter=os%3A");

        // Three: the error itself, in numbers.
        await page.Page.ClickAsync("#errors tbody tr:first-child a");
        await page.WaitForAnswerAsync("error_kind%3Atimeout");
        Assert.Contains("app version 2.5.0, error kind timeout, network cellular, OS", await page.TextAsync(".answer .words"), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [Theory]
    [InlineData("SuccessRate", "/explore?range=6h&app=notes&by=version&filter=network%3Acellular")]
    [InlineData("Duration", "/explore?range=6h&app=notes&metric=duration_p99&by=version&filter=network%3Acellular")]
    [InlineData("ConflictRate", "/explore?range=6h&app=notes&metric=conflict_rate&by=version&filter=network%3Acellular")]
    [InlineData("QueueDepth", "/explore?range=6h&app=notes&metric=queue_p99&by=version&filter=network%3Acellular")]
    [InlineData("Staleness", "/explore?range=6h&app=notes&metric=staleness_p90&by=version&filter=network%3Acellular")]
    public async Task Tile_Clicked_OpensItsMetricWithRangeGroupingAndFilters(string sign, string address)
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenAsync("/?app=notes&range=6h&by=version&filter=network%3Acellular");
        var shown = await page.TextAsync($"[data-sign={sign}] .value");

        // Not the link's text: the whole card is the link.
        await page.Page.ClickAsync($"[data-sign={sign}]", new() { Position = new() { X = 20, Y = 100 } });
        await page.Page.WaitForSelectorAsync(".answers[aria-busy=false][data-address]");

        Assert.EndsWith(address, page.Page.Url, StringComparison.Ordinal);
        Assert.Equal(shown, await page.TextAsync(".answer .value"));
    }

    [Theory]
    [InlineData("success", "")]
    [InlineData("duration", "metric=duration_p99")]
    [InlineData("histogram", "metric=duration_p90")]
    [InlineData("conflicts", "metric=conflict_rate")]
    [InlineData("queue", "metric=queue_p99")]
    [InlineData("staleness", "metric=staleness_p90")]
    public async Task Chart_OfTheOverview_LeadsToItsMetric(string chart, string metric)
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenAsync("/?app=notes&range=1h");

        await page.Page.ClickAsync($"#{chart} a.explore");
        await page.WaitForAnswerAsync(metric.Length == 0 ? "/explore?range=1h&app=notes" : metric);

        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Breakdown_RowClicked_NarrowsAndShowsTheNextSplit()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.ExploreAsync("/explore?app=notes&range=6h");
        Assert.Equal("Success rate by app version", await page.TextAsync("#breakdown-title"));
        Assert.Equal(SeededFleet.BadVersion, await page.TextAsync("#breakdown .name"));

        await page.Page.ClickAsync("#breakdown [data-group='2.5.0'] .bar");
        await page.WaitForAnswerAsync("app_version%3A2.5.0");

        Assert.Equal("Success rate by network", await page.TextAsync("#breakdown-title"));
        Assert.Equal("cellular", await page.TextAsync("#breakdown .name"));
    }

    [Fact]
    public async Task LegendEntry_Clicked_NarrowsToItsSeriesAndBackAgain()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.ExploreAsync("/explore?app=notes&range=6h&by=network");

        await page.Page.Locator("#metric .legend a", new() { HasText = "cellular" }).ClickAsync();
        await page.WaitForAnswerAsync("network%3Acellular");
        Assert.Equal(["Network: cellular"], await ChipsAsync(page));

        await page.Page.ClickAsync(".chip");
        await page.Page.WaitForSelectorAsync(".answers[aria-busy=false]:not([data-address*=filter])");
        Assert.Equal(0, await page.Page.Locator(".chip").CountAsync());
    }

    [Fact]
    public async Task Bar_OfFailuresClicked_NarrowsToItsKindAsFailures()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.ExploreAsync("/explore?app=notes&range=6h");
        await page.Page.WaitForSelectorAsync("#failures [data-ready]");

        // The last bar of the first series: the one that fails most, at its worst.
        await page.Page.Locator("#failures .apexcharts-series").First.Locator("path").Nth(-2).ClickAsync();
        await page.WaitForAnswerAsync("error_kind%3Atimeout");

        Assert.Equal("Failures", await page.TextAsync(".answer .words strong"));
        Assert.Equal(["Error kind: timeout"], await ChipsAsync(page));
    }

    [Fact]
    public async Task Suspect_Clicked_NarrowsToItsSegment()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.ExploreAsync("/explore?app=notes&range=6h");

        await page.Page.ClickAsync(".suspect a");
        await page.WaitForAnswerAsync("network%3Acellular");

        Assert.Equal(["App version: 2.5.0", "Network: cellular"], await ChipsAsync(page));
        Assert.Equal(0, await page.Page.Locator(".suspect").CountAsync());
    }

    [Fact]
    public async Task Back_AfterADrill_ShowsWhatWasBefore()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.ExploreAsync("/explore?app=notes&range=6h");
        var before = await page.TextAsync(".answer .value");
        await page.Page.ClickAsync("#breakdown tbody tr:first-child a");
        await page.WaitForAnswerAsync("filter=");

        await page.Page.GoBackAsync();
        await page.Page.WaitForSelectorAsync(".answers[aria-busy=false]:not([data-address*=filter])");

        Assert.Equal(before, await page.TextAsync(".answer .value"));
    }

    private static async Task<IEnumerable<string>> ChipsAsync(BrowserPage page) =>
        (await page.Page.Locator(".chip").AllTextContentsAsync()).Select(text => text.Replace("✕", "", StringComparison.Ordinal).Trim());
}
