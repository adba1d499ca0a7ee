using SyncHealth.Browser.Tests.Explore;
using SyncHealth.Browser.Tests.Hosting;

namespace SyncHealth.Browser.Tests;

/// <summary>A stretch of a chart, chosen by dragging over it.</summary>
public sealed class ZoomTests(Platform platform)
{
    [Fact]
    public async Task Drag_OverATimeChart_ShowsThatStretchAndTheButtonLeadsBack()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.ExploreAsync("/explore?app=notes&range=6h&filter=network%3Acellular");

        await DragAsync(page, "#metric .plot", 0.4, 0.7);
        await page.WaitForAnswerAsync("whole=6h");
        Assert.Matches(@"from=2026-03-04T1\d:\d[05]Z&to=2026-03-04T1\d:\d[05]Z&app=notes&whole=6h&filter=network%3Acellular", page.Page.Url);

        await page.Page.ClickAsync("[data-zoom=out]");
        await page.Page.WaitForSelectorAsync(".answers[aria-busy=false][data-address*='range=6h']");
        Assert.EndsWith("/explore?range=6h&app=notes&filter=network%3Acellular", page.Page.Url, StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task DoubleClick_OnAZoomedChart_LeadsBackToTheFirstRange()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.ExploreAsync("/explore?app=notes&from=2026-03-04T10:00Z&to=2026-03-04T12:00Z&whole=6h");

        await page.Page.DblClickAsync("#metric .plot");

        await page.Page.WaitForSelectorAsync(".answers[aria-busy=false][data-address*='range=6h']");
        Assert.DoesNotContain("whole", page.Page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/?app=notes&range=6h", "#success", "/explore?from=")]
    [InlineData("/conflicts?app=notes&range=6h", "#kinds", "metric=conflict_rate")]
    [InlineData("/health?app=notes&range=6h", "#arrivals", "metric=attempts")]
    public async Task Drag_OnAnotherPage_OpensExploreThere(string address, string chart, string part)
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenWholeAsync(address);

        await DragAsync(page, chart + " .plot", 0.5, 0.8);

        await page.WaitForAnswerAsync("whole=6h");
        Assert.Contains(part, page.Page.Url, StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    /// <summary>Presses at one share of the width, and lets go at another.</summary>
    private static async Task DragAsync(BrowserPage page, string plot, double from, double to)
    {
        await page.Page.Locator(plot).ScrollIntoViewIfNeededAsync();
        var box = (await page.Page.Locator(plot).BoundingBoxAsync())!;
        var middle = box.Y + (box.Height / 2);
        await page.Page.Mouse.MoveAsync((float)(box.X + (box.Width * from)), middle);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync((float)(box.X + (box.Width * (from + to) / 2)), middle);
        await page.Page.Mouse.MoveAsync((float)(box.X + (box.Width * to)), middle);
        await page.Page.WaitForSelectorAsync(plot + " .brush:not([hidden])");
        await page.Page.Mouse.UpAsync();
    }
}
