using Microsoft.Playwright;
using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Browser.Tests.Seeding;
using SyncHealth.Contracts;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Browser.Tests;

/// <summary>From a list of devices, or what somebody typed, to one device's story.</summary>
public sealed class DevicesTests(Platform platform)
{
    [Fact]
    public async Task List_SortedByAHeading_KeepsItOverAReloadAndTurnsRoundOnTheSecondClick()
    {
        const string App = "devices-sort";
        var stories = new SeededStories(platform, App);
        await stories.WriteAsync(stories.Fail("deep", TimeSpan.FromMinutes(5), "http_503", 90, TimeSpan.FromHours(1)), stories.Fail("old", TimeSpan.FromMinutes(5), "http_503", 7, TimeSpan.FromHours(30)), stories.Sync("fine", TimeSpan.FromMinutes(2)));
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenPageAsync($"/devices?app={App}");
        Assert.Equal([Short(stories, "deep"), Short(stories, "old"), Short(stories, "fine")], await KeysAsync(page));

        await page.Page.ClickAsync("#devices thead a:has-text('Oldest write')");
        await page.WaitForAddressAsync("sort=oldest");
        await page.Page.WaitForSelectorAsync("#devices th[aria-sort=descending]:has-text('Oldest write')");
        await page.Page.ReloadAsync();
        await page.Page.WaitForSelectorAsync("#devices tbody tr");
        Assert.Equal([Short(stories, "old"), Short(stories, "deep"), Short(stories, "fine")], await KeysAsync(page));

        await page.Page.ClickAsync("#devices thead a:has-text('Oldest write')");
        await page.WaitForAddressAsync("order=asc");
        await page.WaitForTextAsync("#devices tbody tr", Short(stories, "deep"));
        Assert.Contains("stuck", await page.TextAsync($"#devices tr:has-text('{Short(stories, "old")}')"), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task List_ShowWaitingAndSilent_HoldsThoseOnly()
    {
        const string App = "devices-show";
        var stories = new SeededStories(platform, App);
        await stories.WriteAsync(
            stories.Fail("waiting", TimeSpan.FromMinutes(5), "http_503", 3, TimeSpan.FromHours(1)),
            stories.Sync("silent", TimeSpan.FromHours(50)), stories.Sync("silent", TimeSpan.FromHours(52)), stories.Sync("silent", TimeSpan.FromHours(53)),
            stories.Sync("fine", TimeSpan.FromMinutes(2)));
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenPageAsync($"/devices?app={App}");

        await page.Page.ClickAsync("[aria-label='Which devices'] a:has-text('Work waiting')");
        await page.WaitForTextAsync("#devices-title", "Devices with unsynced work");
        Assert.Equal([Short(stories, "waiting")], await KeysAsync(page));

        await page.Page.ClickAsync("[aria-label='Which devices'] a:has-text('Silent')");
        await page.WaitForTextAsync("#devices-title", "Devices that went silent");
        Assert.Equal([Short(stories, "silent")], await KeysAsync(page));
    }

    [Theory]
    [InlineData("install-7f3a")]
    [InlineData("KEY")]
    public async Task Search_OwnIdOrKey_OpensTheDeviceAndNeverPutsTheIdIntoTheAddress(string typed)
    {
        var app = "devices-find-" + typed.ToLowerInvariant();
        var stories = new SeededStories(platform, app);
        await stories.WriteAsync(stories.Sync("install-7f3a", TimeSpan.FromMinutes(5)));
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenPageAsync($"/devices?app={app}&range=6h");

        await page.Page.Keyboard.PressAsync("/");
        Assert.Equal("search", await page.Page.EvaluateAsync<string>("document.activeElement.type"));
        await page.Page.Keyboard.TypeAsync(typed == "KEY" ? stories.KeyOf("install-7f3a") : typed);
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.WaitForSelectorAsync("#answer-title");

        Assert.Contains($"/devices/{stories.KeyOf("install-7f3a")}?range=6h&app={app}", page.Page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain("install-7f3a", page.Page.Url.Replace(app, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_Tag_NarrowsTheListAndIsTakenBackByItsChip()
    {
        const string App = "devices-tag";
        var stories = new SeededStories(platform, App);
        await stories.WriteAsync("Pixel 8", "beta", stories.Sync("one", TimeSpan.FromMinutes(5)));
        await stories.WriteAsync("iPhone 15", "stable", stories.Sync("two", TimeSpan.FromMinutes(5), os: "ios"));
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenPageAsync($"/devices?app={App}");

        await page.Page.FillAsync("[data-search]", "cohort=stable");
        await page.Page.PressAsync("[data-search]", "Enter");
        await page.Page.ClickAsync("[aria-label=Found] a:has-text('cohort = stable')");
        await page.WaitForAddressAsync("filter=tag%3Acohort%3Astable");
        await page.WaitForTextAsync("#devices header p", "1 device,");
        Assert.Equal([Short(stories, "two")], await KeysAsync(page));

        await page.Page.ClickAsync("a.chip");
        await page.WaitForTextAsync("#devices header p", "2 devices,");

        await page.Page.FillAsync("[data-search]", "nobody <b>");
        await page.Page.PressAsync("[data-search]", "Enter");
        await page.WaitForTextAsync(".search [role=status]", "No device, user, key, tag or model of devices-tag is “nobody <b>”");
    }

    [Fact]
    public async Task Story_OfADeviceInTrouble_AnswersWhetherItsWorkIsLost()
    {
        const string App = "devices-story";
        var stories = new SeededStories(platform, App);
        await WriteTroubleAsync(stories);
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenPageAsync($"/devices?app={App}&range=6h");

        await page.Page.ClickAsync("#devices tbody a");
        await page.Page.WaitForSelectorAsync("#story li");

        Assert.Equal("13 changes were lost: a client reset discarded them before they were synced.", await page.TextAsync(".answer .sentence"));
        Assert.Contains("9 other changes wait on the device, the oldest for 2 h.", await page.TextAsync(".answer"), StringComparison.Ordinal);
        var kinds = await page.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('#story li')].map(line => line.dataset.kind)");
        Assert.Equal(["Failed", "Conflict", "Well", "Changed", "Gap", "Reset", "Well"], kinds);
        Assert.Equal("Devices", await page.TextAsync("nav[aria-label=Pages] [aria-current=page]"));

        await page.Page.ClickAsync("[aria-label='How far back'] a:has-text('15m')");
        await page.WaitForAddressAsync("back=15m");
        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('#story li').length === 1");
        await page.Page.ReloadAsync();
        await page.Page.WaitForSelectorAsync("#story li");
        Assert.Equal(1, await page.Page.Locator("#story li").CountAsync());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Story_OfNoDevice_SaysSoAndLeadsBack()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);

        await page.OpenPageAsync("/devices/%3Cb%3Ex?app=notes");

        Assert.Contains("There is no such device in notes", await page.TextAsync(".unknown"), StringComparison.Ordinal);
        await page.Page.ClickAsync(".unknown a");
        await page.Page.WaitForSelectorAsync("#devices tbody tr");
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
    public async Task Pages_AnyWidthAndTheme_FitWithoutScrollingSideways(int width, ColorScheme scheme)
    {
        var app = $"devices-look-{width}-{scheme}".ToLowerInvariant();
        var stories = new SeededStories(platform, app);
        await WriteTroubleAsync(stories);
        await stories.WriteAsync(Enumerable.Range(0, 12).Select(device => stories.Fail($"d{device}", TimeSpan.FromMinutes(device * 90), "http_503", device * 3, TimeSpan.FromHours(device * 5))));
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address, width, scheme);

        await page.OpenPageAsync($"/devices?app={app}");
        await page.KeepAsync($"devices-{width}-{scheme}".ToLowerInvariant());
        Assert.Equal(width, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));

        await page.OpenPageAsync($"/devices/{stories.KeyOf("trouble")}?app={app}");
        await page.KeepAsync($"device-{width}-{scheme}".ToLowerInvariant());
        Assert.Equal(width, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(page.Complaints);
    }

    private static Task WriteTroubleAsync(SeededStories stories) => stories.WriteAsync(
        stories.Sync("trouble", TimeSpan.FromHours(30)) with { Seq = 1 },
        stories.Sync("trouble", TimeSpan.FromHours(29)) with { Seq = 2 },
        stories.Sign("trouble", TimeSpan.FromHours(20), SyncType.Reset, discarded: 13) with { Seq = 3 },
        stories.Sync("trouble", TimeSpan.FromHours(5), version: "2.5.0") with { Seq = 7 },
        stories.Sync("trouble", TimeSpan.FromHours(4), version: "2.5.0") with
        {
            Seq = 8, ConflictCount = 1, Conflicts = [new ConflictEntry("note", ConflictKind.UpdateUpdate, ConflictStrategy.Lww, ConflictWinner.Remote, 1, 1)],
        },
        Version(stories.Fail("trouble", TimeSpan.FromMinutes(40), "http_503", 4, TimeSpan.FromMinutes(80)) with { Seq = 9 }),
        Version(stories.Fail("trouble", TimeSpan.FromMinutes(10), "http_503", 9, TimeSpan.FromMinutes(110)) with { Seq = 10 }));

    private static EventRow Version(EventRow row) => row with { Segment = row.Segment with { AppVersion = "2.5.0" } };

    private static string Short(SeededStories stories, string device) => stories.KeyOf(device)[..8];

    private static Task<string[]> KeysAsync(BrowserPage page) =>
        page.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('#devices tbody th code')].map(code => code.textContent)");
}
