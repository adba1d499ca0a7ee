using Microsoft.Playwright;
using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Dashboard.Layout;

namespace SyncHealth.Browser.Tests;

/// <summary>Addresses of the pages that the navigation leads to, and what every one of them must do.</summary>
public static class EveryPage
{
    /// <summary>Each page over the seeded fleet.</summary>
    public static TheoryData<string> Addresses() => [.. SitePage.All.Select(entry => entry.Path + "?app=notes&range=6h")];

    public static TheoryData<string, ColorScheme> InBothThemes()
    {
        var all = new TheoryData<string, ColorScheme>();
        foreach (var entry in SitePage.All)
        {
            all.Add(entry.Path + "?app=notes&range=6h", ColorScheme.Light);
            all.Add(entry.Path + "?app=notes&range=6h", ColorScheme.Dark);
        }

        return all;
    }

    /// <summary>Opens a page and waits until it is interactive, has its answer and has drawn every chart.</summary>
    public static async Task OpenWholeAsync(this BrowserPage page, string address)
    {
        await page.OpenPageAsync(address);
        await page.Page.WaitForFunctionAsync("() => [...document.querySelectorAll('.apex')].every(chart => chart.dataset.ready)");
    }
}
