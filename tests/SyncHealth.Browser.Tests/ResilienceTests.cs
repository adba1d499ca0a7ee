using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Browser.Tests.Seeding;
using SyncHealth.Dashboard.Alerts;
using SyncHealth.Dashboard.Conflicts;
using SyncHealth.Dashboard.Devices;
using SyncHealth.Dashboard.Explore;
using SyncHealth.Dashboard.Intake;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.State;

namespace SyncHealth.Browser.Tests;

/// <summary>Restarts, hidden tabs and hostile names.</summary>
public sealed class ResilienceTests(Platform platform)
{
    /// <summary>Until a condition that must come is given up: only a broken page waits so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Server_Restarted_ThePageComesBackWithItsStateByItself()
    {
        var first = await platform.StartAsync();
        var address = first.Address;
        await using var page = await platform.Browser.OpenAsync(address);
        await page.OpenAsync("/?app=notes&range=6h&filter=network%3Acellular");
        var sample = await page.TextAsync("[data-sign=SuccessRate] .sample");

        await first.DisposeAsync();
        await page.Page.WaitForSelectorAsync("#components-reconnect-modal.components-reconnect-show");
        Assert.Equal(sample, await page.TextAsync("[data-sign=SuccessRate] .sample"));

        await using var second = await platform.StartAsync(address.Port);
        await page.Page.WaitForSelectorAsync("#components-reconnect-modal:not(.components-reconnect-show)", new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });
        await page.WaitForTextAsync("[data-sign=SuccessRate] .sample", sample);
        Assert.Contains("filter=network%3Acellular", page.Page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/explore?range=6h&app=notes&metric=duration_p99&by=os&filter=network%3Acellular", ".answer .value")]
    [InlineData("/devices?app=notes&show=waiting&sort=oldest", "#devices-title")]
    [InlineData("/conflicts?range=24h&app=notes", "#rate .amount")]
    [InlineData("/alerts?range=24h&app=notes", "#past")]
    [InlineData("/health?range=1h&app=notes", ".trust")]
    [InlineData("/releases?range=6h&app=notes&release=2.4.1", "#verdict p")]
    public Task Server_RestartedDuringUse_EveryPageComesBackAsItWas(string address, string part) => RestartAsync(address, part);

    [Fact]
    public async Task Server_RestartedDuringUse_ADevicesStoryComesBackAsItWas() =>
        await RestartAsync(await SeededStories.WriteDeviceAsync(platform, "restart-device") + "&back=7d", "#story");

    [Fact]
    public async Task Tab_OfAnyPageGoesToTheBack_NobodyAsksForIt()
    {
        await using var host = await platform.StartAsync();
        var pages = new Dictionary<string, Func<int>>
        {
            ["/explore?app=notes"] = () => host.Services.GetRequiredService<ExploreFeed>().Watched,
            ["/devices?app=notes"] = () => host.Services.GetRequiredService<PageFeed<DevicesState, DevicesView>>().Watched,
            ["/conflicts?app=notes"] = () => host.Services.GetRequiredService<PageFeed<PageState, ConflictsView>>().Watched,
            ["/alerts?app=notes"] = () => host.Services.GetRequiredService<PageFeed<PageState, AlertsView>>().Watched,
            ["/health?app=notes"] = () => host.Services.GetRequiredService<PageFeed<PageState, DataHealthView>>().Watched,
        };
        foreach (var (address, watched) in pages)
        {
            await using var page = await platform.Browser.OpenAsync(host.Address);
            await page.OpenPageAsync(address);
            Assert.True(SpinWait.SpinUntil(() => watched() == 1, Patience), address);

            await HideAsync(page, true);
            Assert.True(SpinWait.SpinUntil(() => watched() == 0, Patience), address);

            await HideAsync(page, false);
            Assert.True(SpinWait.SpinUntil(() => watched() == 1, Patience), address);
        }
    }

    [Fact]
    public async Task Tab_GoesToTheBack_NobodyAsksForItUntilItComesToTheFront()
    {
        await using var host = await platform.StartAsync();
        var feed = host.Services.GetRequiredService<OverviewFeed>();
        await using var page = await platform.Browser.OpenAsync(host.Address);
        await page.OpenAsync("/?app=notes&range=6h");
        Assert.Equal(1, feed.Watched);

        await HideAsync(page, true);
        Assert.True(SpinWait.SpinUntil(() => feed.Watched == 0, Patience));

        await HideAsync(page, false);
        Assert.True(SpinWait.SpinUntil(() => feed.Watched == 1, Patience));
    }

    [Fact]
    public async Task Names_FullOfMarkup_AreShownAsTextEverywhere()
    {
        const string Markup = "<img src=x onerror=window.hacked=1>";
        for (var i = 0; i < 3; i++)
            await platform.Fleet.WriteOneAsync("<b>app", Markup, succeeds: true);
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);

        await page.OpenAsync("/?app=%3Cb%3Eapp&range=1h&by=version");
        Assert.Contains(Markup, await page.TextAsync("#success .legend"), StringComparison.Ordinal);
        var plot = await page.Page.Locator("#success .apex").BoundingBoxAsync();
        await page.Page.Mouse.MoveAsync(plot!.X + (plot.Width / 2), plot.Y + (plot.Height / 2));
        await page.Page.WaitForSelectorAsync("#success .apexcharts-tooltip.apexcharts-active");

        Assert.Equal(0, await page.Page.Locator("img").CountAsync());
        Assert.True(await page.Page.EvaluateAsync<bool>("window.hacked === undefined"));
        Assert.Empty(page.Complaints);
    }

    private async Task RestartAsync(string address, string part)
    {
        var first = await platform.StartAsync();
        var root = first.Address;
        await using var page = await platform.Browser.OpenAsync(root);
        await page.OpenPageAsync(address);
        var shown = await page.TextAsync(part);

        await first.DisposeAsync();
        await page.Page.WaitForSelectorAsync("#components-reconnect-modal.components-reconnect-show");
        Assert.Equal(shown, await page.TextAsync(part));

        await using var second = await platform.StartAsync(root.Port);
        await page.Page.WaitForSelectorAsync("#components-reconnect-modal:not(.components-reconnect-show)", new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });
        await page.Page.WaitForSelectorAsync("main .answers[aria-busy=false]");
        await page.WaitForTextAsync(part, shown.Split('\n')[0]);
        Assert.EndsWith(address, page.Page.Url, StringComparison.Ordinal);
    }

    private static async Task HideAsync(BrowserPage page, bool hidden) => await page.Page.EvaluateAsync(
        "hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }", hidden);
}
