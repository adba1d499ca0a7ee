using System.Globalization;
using SyncHealth.Browser.Tests.Explore;
using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Browser.Tests.Seeding;

namespace SyncHealth.Browser.Tests;

/// <summary>Everything by keyboard: along every page, and over the points of a chart.</summary>
public sealed class KeyboardTests(Platform platform)
{
    /// <summary>Where the focus is: null at the document's end, else what is wrong with it, or nothing.</summary>
    private const string Judge = """
        () => {
          const element = document.activeElement;
          if (!element || element === document.body) return null;
          const box = element.getBoundingClientRect(), before = window.walked;
          window.walked = element;
          const name = `${element.tagName} ${element.id} ${element.className} ${element.textContent.trim().slice(0, 30)}`;
          if (element === window.first) return null;
          window.first ??= element;
          if (box.width === 0 || box.height === 0) return `${name}: not visible`;
          // A link that fills its card shows the focus around the card, by what it puts there.
          if ([getComputedStyle(element), getComputedStyle(element, '::after')].every(style => style.outlineStyle === 'none' || parseFloat(style.outlineWidth) === 0)) return `${name}: focus cannot be seen`;
          if (before?.isConnected && !(before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)) return `${name}: comes before what was focused before it`;
          return '';
        }
        """;

    /// <summary>More stops than any page has: whoever needs them is trapped.</summary>
    private const int MostStops = 400;

    [Theory]
    [MemberData(nameof(EveryPage.Addresses), MemberType = typeof(EveryPage))]
    public Task Tab_FromTopToEnd_ShowsTheFocusInOrderAndIsNeverTrapped(string address) => WalkAsync(address);

    [Fact]
    public async Task Tab_OverADevicesStory_ShowsTheFocusInOrderAndIsNeverTrapped() => await WalkAsync(await SeededStories.WriteDeviceAsync(platform, "keyboard-device"));

    [Fact]
    public async Task Arrows_OnAHeatmap_WalkOverItsCellsAndSayThem()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.ExploreAsync("/explore?app=notes&range=6h");
        await page.Page.FocusAsync("#heat .heat");

        await page.Page.Keyboard.PressAsync("Home");
        await page.WaitForTextAsync("#heat [data-spoken]", "4 Mar 09:45 (08:45 UTC)");
        var lowest = await page.TextAsync("#heat .rows span:last-child");
        Assert.Contains($" · {lowest}: ", await page.TextAsync("#heat [data-spoken]"), StringComparison.Ordinal);
        Assert.Equal("visible", await page.Page.GetAttributeAsync("#heat .cursor", "visibility"));

        await page.Page.Keyboard.PressAsync("ArrowUp");
        await page.WaitForTextAsync("#heat [data-spoken]", $" · {await page.TextAsync("#heat .rows span:nth-last-child(2)")}: ");
        // What is said is what the cell itself says on hover.
        var (x, y) = (await page.Page.GetAttributeAsync("#heat .cursor", "x"), await page.Page.GetAttributeAsync("#heat .cursor", "y"));
        var cell = page.Page.Locator($"#heat rect[data-cell][x='{x}'][y='{y}'] title");
        Assert.EndsWith(await cell.CountAsync() == 0 ? ": 0" : (await cell.TextContentAsync())!, await page.Page.TextContentAsync("#heat [data-spoken]"), StringComparison.Ordinal);

        await page.Page.Keyboard.PressAsync("End");
        await page.Page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal(int.Parse((await page.Page.GetAttributeAsync("#heat .heat", "data-columns"))!, CultureInfo.InvariantCulture) - 1, int.Parse((await page.Page.GetAttributeAsync("#heat .cursor", "x"))!, CultureInfo.InvariantCulture));
        await page.Page.Keyboard.PressAsync("Escape");
        Assert.Equal("", await page.TextAsync("#heat [data-spoken]"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Arrows_OnAChart_WalkOverItsPointsAndSayThem()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenAsync("/?app=notes&range=6h&by=version");
        await page.Page.FocusAsync("#success .plot");

        await page.Page.Keyboard.PressAsync("Home");
        await page.Page.WaitForSelectorAsync("#success .cursor:not([hidden])");
        var first = await SpokenAsync(page);
        // The first whole step of the range, in the browser's zone: 08:45 UTC.
        Assert.Contains("4 Mar, 09:45", first, StringComparison.Ordinal);
        Assert.Contains("2.5.0", first, StringComparison.Ordinal);
        await page.Page.Keyboard.PressAsync("ArrowRight");
        Assert.Contains("4 Mar, 09:50", await SpokenAsync(page), StringComparison.Ordinal);
        await page.Page.Keyboard.PressAsync("ArrowLeft");
        Assert.Equal(first, await SpokenAsync(page));

        await page.Page.Keyboard.PressAsync("Escape");
        Assert.Equal("", await SpokenAsync(page));
        Assert.Equal(0, await page.Page.Locator("#success .cursor:not([hidden])").CountAsync());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Enter_OnAChosenSeries_NarrowsThePageToIt()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenAsync("/?app=notes&range=6h&by=version");
        await page.Page.FocusAsync("#success .plot");
        await page.Page.Keyboard.PressAsync("End");
        await page.Page.Keyboard.PressAsync("ArrowDown");
        var chosen = (await SpokenAsync(page)).Split(": ", 2)[1].Split("; ").Single(part => part.EndsWith(", chosen", StringComparison.Ordinal)).Split(' ')[0];

        await page.Page.Keyboard.PressAsync("Enter");

        await page.WaitForAddressAsync("filter=app_version%3A" + chosen);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task ShiftArrows_OnATimeChart_ChooseAStretchThatEnterZoomsInto()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.ExploreAsync("/explore?app=notes&range=6h");
        await page.Page.FocusAsync("#metric .plot");

        await page.Page.Keyboard.PressAsync("Home");
        await page.Page.Keyboard.PressAsync("Shift+ArrowRight");
        await page.Page.Keyboard.PressAsync("Shift+ArrowRight");
        await page.Page.Keyboard.PressAsync("Enter");

        await page.WaitForAnswerAsync("from=2026-03-04T08:45Z");
        Assert.Contains("to=2026-03-04T09:00Z&app=notes&whole=6h", page.Page.Url, StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    private async Task WalkAsync(string address)
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenWholeAsync(address);

        var stops = 0;
        var faults = new List<string>();
        for (; stops < MostStops; stops++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            if (await page.Page.EvaluateAsync<string?>(Judge) is not { } fault)
                break;
            if (fault.Length > 0)
                faults.Add(fault);
        }

        Assert.Empty(faults);
        Assert.InRange(stops, 10, MostStops - 1);
    }

    private static async Task<string> SpokenAsync(BrowserPage page) => (await page.Page.Locator("#success [data-spoken]").TextContentAsync())!.Replace('\u00A0', ' ');
}
