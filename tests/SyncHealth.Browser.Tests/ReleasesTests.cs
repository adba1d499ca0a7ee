using Microsoft.Playwright;
using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Browser.Tests.Seeding;
using SyncHealth.Contracts;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Browser.Tests;

/// <summary>A release that reaches half of two hundred devices and fails three times of four over cellular.</summary>
public sealed class ReleasesTests(Platform platform)
{
    private const int Devices = 200;

    [Fact]
    public async Task Page_ABadRelease_NamesItAndWhereItIsWorse()
    {
        const string App = "releases-bad";
        await SeedAsync(App);
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);

        await page.OpenPageAsync($"/releases?app={App}&range=6h");
        await page.Page.WaitForSelectorAsync("#adoption [data-ready]");

        Assert.StartsWith("Stop: cellular got worse. 2.5.0 is worse than 2.4.1 on ", await page.TextAsync("#verdict p"), StringComparison.Ordinal);
        Assert.Equal("poor", await page.Page.GetAttributeAsync("#verdict", "data-band"));
        Assert.Equal(["2.5.0", "2.4.1"], await page.Page.Locator("#releases tbody th a").AllInnerTextsAsync());
        var bad = (await page.TextAsync("#releases tr[data-release='2.5.0']")).ReplaceLineEndings(" ");
        Assert.Contains("worse", bad, StringComparison.Ordinal);
        Assert.Contains("rolling out · 50 %", bad, StringComparison.Ordinal);
        Assert.Contains("cellular", await page.TextAsync("#segments tbody tr"), StringComparison.Ordinal);
        Assert.DoesNotContain("worse", (await page.TextAsync("#releases tr[data-release='2.4.1'] .mark")).Replace("not worse", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Why_AnotherRelease_IsAClickAwayAndInTheAddress()
    {
        const string App = "releases-why";
        await SeedAsync(App);
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenPageAsync($"/releases?app={App}&range=6h");

        await page.Page.ClickAsync("#releases tr[data-release='2.4.1'] th a");
        await page.WaitForAddressAsync("release=2.4.1");
        await page.WaitForTextAsync("#why h2", "Why 2.4.1 is judged so");
        await page.Page.ReloadAsync();
        await page.WaitForTextAsync("#why h2", "Why 2.4.1 is judged so");

        await page.Page.ClickAsync("#releases tr[data-release='2.5.0'] a:has-text('Explore')");
        await page.WaitForAddressAsync("/explore?range=6h&app=releases-why&filter=app_version%3A2.5.0&vs=segment&other=app_version%3A2.4.1");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task CopyForSlack_TakesTheSentenceAndItsAddress()
    {
        const string App = "releases-copy";
        await SeedAsync(App);
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.OpenPageAsync($"/releases?app={App}&range=6h");

        await page.Page.ClickAsync("[data-action=copy-text]");
        await page.WaitForTextAsync("#copied", "Copied");

        var text = await page.Page.EvaluateAsync<string>("navigator.clipboard.readText()");
        Assert.StartsWith($"🛑 {App}: Stop: cellular got worse. 2.5.0 is worse than 2.4.1", text, StringComparison.Ordinal);
        Assert.EndsWith($"/releases?range=6h&app={App}&release=2.5.0&baseline=2.4.1", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_FewDevices_WaitsAndSaysForHowMany()
    {
        const string App = "releases-few";
        await SeedAsync(App, devices: 40);
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);

        await page.OpenPageAsync($"/releases?app={App}&range=6h&release=2.5.0");

        Assert.StartsWith("Wait: 2.5.0 has too few devices to judge: 20 on it", await page.TextAsync("#verdict p"), StringComparison.Ordinal);
        Assert.Contains("about 10 more devices", await page.TextAsync("#releases tr[data-release='2.5.0']"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_GThenR_OpensThePage()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenAsync("/?app=notes&range=6h");

        await page.Page.Keyboard.PressAsync("g");
        await page.Page.Keyboard.PressAsync("r");
        await page.WaitForAddressAsync("/releases?range=6h&app=notes");
        await page.Page.WaitForSelectorAsync("#releases tbody tr");
    }

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(768, ColorScheme.Light)]
    [InlineData(768, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(1920, ColorScheme.Light)]
    [InlineData(1920, ColorScheme.Dark)]
    public async Task Page_AnyWidthAndTheme_FitsWithoutScrollingSideways(int width, ColorScheme scheme)
    {
        var app = $"releases-{width}-{scheme}".ToLowerInvariant();
        await SeedAsync(app);
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address, width, scheme);

        await page.OpenPageAsync($"/releases?app={app}&range=6h");
        await page.Page.WaitForSelectorAsync("#adoption [data-ready]");
        await page.KeepAsync(app);

        Assert.Equal(width, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(page.Complaints);
    }

    /// <summary>Every device was on 2.4.1 eight hours ago; half of them take 2.5.0. All sync every hour on wifi and on cellular.</summary>
    private async Task SeedAsync(string app, int devices = Devices)
    {
        var stories = new SeededStories(platform, app);
        await stories.WriteAsync(
            from device in Enumerable.Range(0, devices)
            from hour in new[] { 8, 5, 4, 3, 2, 1 }
            from network in new[] { "wifi", "cellular" }
            let version = device % 2 == 0 && hour < 8 ? "2.5.0" : "2.4.1"
            let fails = version == "2.5.0" && network == "cellular" && (device / 2 + hour) % 4 != 0
            select Attempt(stories, device, TimeSpan.FromMinutes((hour * 60) + (device % 50)), version, network, fails));
    }

    private static EventRow Attempt(SeededStories stories, int device, TimeSpan ago, string version, string network, bool fails)
    {
        var row = stories.Sync($"d{device}", ago, version, device % 4 < 2 ? "android" : "ios");
        return row with { Segment = row.Segment with { Network = network }, Outcome = fails ? SyncOutcome.Failure : SyncOutcome.Success, ErrorKind = fails ? SyncErrorKind.Timeout : default, ErrorCode = fails ? "http_504" : null };
    }
}
