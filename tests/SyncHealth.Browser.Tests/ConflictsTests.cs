using Microsoft.Playwright;
using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Browser.Tests.Seeding;
using SyncHealth.Contracts;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Browser.Tests;

/// <summary>How conflicts arise and are settled, from events with conflicts of known kinds.</summary>
public sealed class ConflictsTests(Platform platform)
{
    [Fact]
    public async Task Page_KnownConflicts_ShowsThemByEntityStrategyAndWinner()
    {
        const string App = "conflicts-known";
        await SeedAsync(App);
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);

        await page.OpenPageAsync($"/conflicts?app={App}&range=6h");
        await page.Page.WaitForSelectorAsync("#kinds [data-ready]");
        await page.Page.WaitForSelectorAsync("#strategies [data-ready]");

        // 20 attempts, 8 conflicts, 5 edits discarded.
        Assert.Equal("40 per 100", await page.TextAsync("#rate .amount"));
        Assert.Equal("250 per 1,000", await page.TextAsync("#discarded .amount"));
        var spots = await page.Page.Locator("#spots tbody tr").AllInnerTextsAsync();
        Assert.Equal(["note", "photo"], spots.Select(spot => spot.Split('\t')[0].Trim()));
        Assert.Contains("last write wins", spots[0], StringComparison.Ordinal);
        Assert.Contains("the other side kept", await page.TextAsync("#winners li"), StringComparison.Ordinal);
        Assert.Equal(["both changed it", "changed here, deleted there"], await page.Page.Locator("#kinds .legend .entry").AllInnerTextsAsync());

        await page.Page.ClickAsync("#kinds summary");
        await page.Page.WaitForSelectorAsync("#kinds tbody td");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Range_Changed_IsInTheAddressAndSurvivesAReload()
    {
        const string App = "conflicts-range";
        await SeedAsync(App);
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenPageAsync($"/conflicts?app={App}&range=6h");

        await page.Page.ClickAsync("[aria-label=Range] a:has-text('15m')");
        await page.WaitForAddressAsync("range=15m");
        await page.WaitForTextAsync("#spots", "No conflict was reported in the last 15 minutes");
        await page.Page.ReloadAsync();
        await page.WaitForTextAsync("#spots", "No conflict was reported in the last 15 minutes");
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
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address, width, scheme);

        await page.OpenPageAsync("/conflicts?app=notes&range=6h");
        await page.Page.WaitForSelectorAsync("#strategies [data-ready]");
        await page.KeepAsync($"conflicts-{width}-{scheme}".ToLowerInvariant());

        Assert.Equal(width, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(page.Complaints);
    }

    private async Task SeedAsync(string app)
    {
        var stories = new SeededStories(platform, app);
        var conflicts = (ConflictEntry[])
        [
            .. Enumerable.Repeat(new ConflictEntry("note", ConflictKind.UpdateUpdate, ConflictStrategy.Lww, ConflictWinner.Remote, 1, 1), 5),
            .. Enumerable.Repeat(new ConflictEntry("photo", ConflictKind.UpdateDelete, ConflictStrategy.Crdt, ConflictWinner.Merged, 0, 1), 3),
        ];
        await stories.WriteAsync(Enumerable.Range(0, 20).Select(i =>
        {
            var row = stories.Sync($"d{i}", TimeSpan.FromMinutes(20 + (i * 10)));
            return i < conflicts.Length ? row with { ConflictCount = 1, Conflicts = [conflicts[i]] } : row;
        }));
    }
}
