using Microsoft.Playwright;
using SyncHealth.Browser.Tests.Explore;
using SyncHealth.Browser.Tests.Hosting;

namespace SyncHealth.Browser.Tests;

/// <summary>
/// A stranger who has only the address and "sync got worse this morning", before the real program and its fleet. README and docs show the pictures of this run
/// (<c>artifacts/screenshots/scenario-*</c>).
/// </summary>
[Trait("Suite", "Faults")]
public sealed class ScenarioTests(Platform platform)
{
    /// <summary>An hour and a half of the fleet, and what a busy machine adds.</summary>
    private const float Patience = 300_000;

    [Fact]
    public async Task Stranger_BadRelease_NamesVersionSystemNetworkAndErrorWithinThreeClicks()
    {
        await using var run = await RunningScenario.StartAsync("bad-release");
        await using var page = await platform.Browser.OpenAsync(run.Address);
        await WaitForDropAsync(page, "app version 2.5.0 on cellular is new");

        // None: the sentence names version, network and error, and the panel says the same in one row: whatever the system.
        Assert.Contains("the error is timeout", await page.TextAsync(".headline p"), StringComparison.Ordinal);
        Assert.Equal(["2.5.0", "any", "cellular", "any"], await page.Page.Locator("#cause tbody tr [data-dimension]").AllInnerTextsAsync());
        await KeepAsync(page, "overview");

        // One: that segment alone. Both systems fail in it, and so do the errors.
        await page.Page.ClickAsync(".headline a.button");
        await page.WaitForAnswerAsync("network%3Acellular");
        Assert.Equal("Success rate by OS", await page.TextAsync("#breakdown-title"));
        Assert.Equal(["Android", "iOS"], (await page.Page.Locator("#breakdown .name").AllInnerTextsAsync()).Order());
        Assert.StartsWith("timeout", await page.TextAsync("#errors tbody tr:first-child th"), StringComparison.Ordinal);
        await KeepAsync(page, "explore");

        // Two: one of the systems. Three: the error in numbers.
        await page.Page.ClickAsync("#breakdown tbody tr:first-child a");
        await page.WaitForAnswerAsync("filter=os%3A");
        await page.Page.ClickAsync("#errors tbody tr:first-child a");
        await page.WaitForAnswerAsync("error_kind%3Atimeout");
        Assert.Contains("app version 2.5.0, error kind timeout, network cellular, OS", await page.TextAsync(".answer .words"), StringComparison.Ordinal);

        // What the other pages make of it, for the docs.
        await page.OpenPageAsync("/releases");
        await page.Page.WaitForSelectorAsync("#adoption [data-ready]");
        await KeepAsync(page, "releases");
        await page.OpenPageAsync("/devices");
        await page.Page.ClickAsync("#devices tbody a");
        await page.Page.WaitForSelectorAsync("#story");
        await KeepAsync(page, "device");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Stranger_RegionalOutage_NamesRegionAndErrorAndThatNoVersionOsOrNetworkIsToBlameWithinThreeClicks()
    {
        await using var run = await RunningScenario.StartAsync("regional-outage");
        await using var page = await platform.Browser.OpenAsync(run.Address);
        await WaitForDropAsync(page, "region ap-south got worse");

        // None: the sentence names the region, the error and who is at fault, and the panel that the other dimensions do not matter.
        Assert.Contains("the error is server · http_503. Most failures are the server's", await page.TextAsync(".headline p"), StringComparison.Ordinal);
        Assert.Equal(["any", "any", "any", "ap-south"], await page.Page.Locator("#cause tbody tr [data-dimension]").AllInnerTextsAsync());
        await KeepAsync(page, "outage");

        // One: that region alone, and the error in it.
        await page.Page.ClickAsync(".headline a.button");
        await page.WaitForAnswerAsync("tag%3Aregion%3Aap-south");
        Assert.Equal("server · http_503", await page.TextAsync("#errors tbody tr:first-child th"));

        // Two: every version fails there alike. Three: the error in numbers.
        await page.Page.SelectOptionAsync("[data-control=by]", "app_version");
        await page.WaitForAnswerAsync("by=version");
        Assert.Equal(["2.3.2", "2.4.0", "2.4.1"], (await page.Page.Locator("#breakdown .name").AllInnerTextsAsync()).Order());
        await page.Page.ClickAsync("#errors tbody tr:first-child a");
        await page.WaitForAnswerAsync("error_kind%3Aserver");
        Assert.Contains("error kind server", await page.TextAsync(".answer .words"), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    /// <summary>Opens the address and nothing else, and waits until the living page says what is wrong.</summary>
    private static async Task WaitForDropAsync(BrowserPage page, string words)
    {
        await page.Page.GotoAsync("/");
        await page.Page.Locator(".headline p", new() { HasText = words }).WaitForAsync(new() { Timeout = Patience });
    }

    /// <summary>The top of the page in both themes, as README and docs show it.</summary>
    private static async Task KeepAsync(BrowserPage page, string name)
    {
        foreach (var scheme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
        {
            await page.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            await page.KeepAsync($"scenario-{name}-{scheme}".ToLowerInvariant(), fullPage: false);
        }
    }
}
