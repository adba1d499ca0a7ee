using Microsoft.Playwright;
using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Browser.Tests.Seeding;
using SyncHealth.Contracts;

namespace SyncHealth.Browser.Tests;

/// <summary>The text for the customer on a device's page.</summary>
public sealed class LetterTests(Platform platform)
{
    private const string Judge = """
        async () => {
          const { violations } = await axe.run('#customer', { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
          return violations.map(found => `${found.id}: ${found.nodes.map(node => node.target).join(' | ')}`);
        }
        """;

    [Fact]
    public async Task Letter_ZoneChosen_SpeaksInItKeepsItAndIsCopiedWhole()
    {
        const string App = "letter-zone";
        var stories = new SeededStories(platform, App);
        await stories.WriteAsync(stories.Sync("phone", TimeSpan.FromHours(30)), stories.Sign("phone", TimeSpan.FromHours(20), SyncType.Reset, discarded: 13), stories.Fail("phone", TimeSpan.FromMinutes(5), "http_503", 9, TimeSpan.FromHours(2)));
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenPageAsync($"/devices/{stories.KeyOf("phone")}?app={App}&back=24h");
        Assert.Contains("Times are those of UTC.", await page.TextAsync("#customer pre"), StringComparison.Ordinal);

        await page.Page.FillAsync("#zone", "Asia/Kolkata");
        await page.Page.PressAsync("#zone", "Enter");
        await page.WaitForAddressAsync("zone=Asia%2FKolkata");
        await page.WaitForTextAsync("#customer pre", "Times are those of Asia/Kolkata.");

        var local = TimeZoneInfo.ConvertTime(stories.Now - TimeSpan.FromMinutes(5), TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata"));
        var text = await page.TextAsync("#customer pre");
        Assert.Contains(local.ToString("d MMMM yyyy, HH:mm", System.Globalization.CultureInfo.InvariantCulture), text, StringComparison.Ordinal);
        Assert.Contains("13 changes were discarded when the app was reset", text, StringComparison.Ordinal);
        Assert.Contains("9 changes were waiting on the device", text, StringComparison.Ordinal);
        Assert.Contains("back=24h", page.Page.Url, StringComparison.Ordinal);
        Assert.Contains($"app={App}", page.Page.Url, StringComparison.Ordinal);

        await page.Page.EvaluateAsync("() => { navigator.clipboard.writeText = copied => { window.copied = copied; return Promise.resolve(); }; }");
        await page.Page.ClickAsync("#customer [data-action=copy]");
        await page.Page.WaitForFunctionAsync("() => window.copied?.startsWith('We looked at') && window.copied.endsWith('Asia/Kolkata.\\n')");
        Assert.Empty(page.Complaints);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Letter_AnyTheme_HasNoFinding(ColorScheme scheme)
    {
        var app = $"letter-{scheme}".ToLowerInvariant();
        var stories = new SeededStories(platform, app);
        await stories.WriteAsync(stories.Sync("phone", TimeSpan.FromMinutes(5)));
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address, 360, scheme);
        await page.OpenPageAsync($"/devices/{stories.KeyOf("phone")}?app={app}&zone=Europe%2FBerlin");

        await page.Page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "axe.min.js")));

        Assert.Empty(await page.Page.EvaluateAsync<string[]>(Judge));
        Assert.Equal(360, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }
}
