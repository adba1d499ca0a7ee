using SyncHealth.Browser.Tests.Hosting;

namespace SyncHealth.Browser.Tests;

/// <summary>From page to page: by link, by key, at any width, with what one looks at.</summary>
public sealed class NavigationTests(Platform platform)
{
    [Fact]
    public async Task Link_OfAnotherPage_TakesAppAndRangeAlongAndMarksWhereOneIs()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenAsync("/?app=notes&range=6h&by=version&filter=network%3Acellular");
        Assert.Equal("Overview", await page.TextAsync("nav[aria-label=Pages] [aria-current=page]"));

        var links = await page.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('nav[aria-label=Pages] a')].map(link => link.getAttribute('href'))");

        Assert.All(links, link => Assert.EndsWith("?range=6h&app=notes", link, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_GThenALetter_OpensThePage()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenAsync("/?app=notes&range=6h&filter=network%3Acellular");

        // A letter alone, and g inside a field, go nowhere.
        await page.Page.Keyboard.PressAsync("o");
        await page.Page.FocusAsync("select[data-filter=os]");
        await page.Page.Keyboard.PressAsync("g");
        await page.Page.Keyboard.PressAsync("o");
        Assert.Contains("filter=network", page.Page.Url, StringComparison.Ordinal);

        await page.Page.EvaluateAsync("document.activeElement.blur()");
        await page.Page.Keyboard.PressAsync("g");
        await page.Page.Keyboard.PressAsync("o");
        await page.Page.WaitForFunctionAsync("() => !location.href.includes('filter=')");

        Assert.EndsWith("/?range=6h&app=notes", page.Page.Url, StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Help_Opened_ListsEveryPageWithItsKey()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenAsync("/?app=notes&range=6h");
        await page.Page.Keyboard.PressAsync("?");
        await page.Page.WaitForSelectorAsync("dialog[open]");

        var inHelp = await page.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('#help .go')].map(entry => entry.textContent.trim())");
        var inBar = await page.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('nav[aria-label=Pages] a')].map(link => link.dataset.go + ' ' + link.textContent)");

        Assert.NotEmpty(inBar);
        Assert.Equal(inBar, inHelp);
        Assert.Equal(inBar.Length, inBar.Select(entry => entry[0]).Distinct().Count());
    }

    [Fact]
    public async Task Bar_OnAPhone_ShowsEveryLinkWhole()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address, width: 360);
        await page.OpenAsync("/?app=notes&range=6h");

        foreach (var link in await page.Page.Locator("nav[aria-label=Pages] a").AllAsync())
        {
            var box = (await link.BoundingBoxAsync())!;
            Assert.InRange(box.X, 0, 360 - box.Width);
            Assert.True(box.Height >= 24, "WCAG 2.2, 2.5.8: a target is 24 px high at least");
        }

        Assert.Equal(360, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task SkipLink_FirstInTheTabOrder_LeadsPastTheNavigation()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenAsync("/?app=notes&range=6h");

        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("MAIN", await page.Page.EvaluateAsync<string>("document.activeElement.tagName"));

        await page.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Range", await page.Page.EvaluateAsync<string>("document.activeElement.closest('[aria-label]').getAttribute('aria-label')"));
    }
}
