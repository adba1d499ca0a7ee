using SyncHealth.Browser.Tests.Explore;
using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Browser.Tests.Seeding;

namespace SyncHealth.Browser.Tests;

/// <summary>A region that the server shuts out, seen by somebody who knows only that sync got worse.</summary>
public sealed class OutageTests(Platform platform)
{
    [Fact]
    public async Task Stranger_SyncGotWorse_NamesRegionAndErrorAndThatNoVersionOsOrNetworkIsToBlameWithinThreeClicks()
    {
        await new SeededRegions(platform).WriteAsync();
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenAsync($"/?app={SeededRegions.App}&range=6h");

        // None: the sentence names the region, the error and who is at fault, and the panel says that the other dimensions do not matter.
        Assert.Contains("region ap-south got worse", await page.TextAsync(".headline p"), StringComparison.Ordinal);
        Assert.Contains("the error is server · http_503. Most failures are the server's", await page.TextAsync(".headline p"), StringComparison.Ordinal);
        var cause = page.Page.Locator("#cause tbody tr");
        Assert.Equal(1, await cause.CountAsync());
        Assert.Equal(["any", "any", "any", SeededRegions.BadRegion], await cause.Locator("[data-dimension]").AllInnerTextsAsync());
        await page.KeepAsync("outage-overview");

        // One: that region alone, and the error in it.
        await page.Page.ClickAsync(".headline a.button");
        await page.WaitForAnswerAsync("tag%3Aregion%3Aap-south");
        Assert.Equal("server · http_503", await page.TextAsync("#errors tbody tr:first-child th"));

        // Two: every version fails there alike.
        await page.Page.SelectOptionAsync("[data-control=by]", "app_version");
        await page.WaitForAnswerAsync("by=version");
        Assert.Equal(["2.3.2", "2.4.0", "2.4.1"], (await page.Page.Locator("#breakdown .name").AllInnerTextsAsync()).Order());

        // Three: the error in numbers.
        await page.Page.ClickAsync("#errors tbody tr:first-child a");
        await page.WaitForAnswerAsync("error_kind%3Aserver");
        Assert.Contains("error kind server", await page.TextAsync(".answer .words"), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }
}
