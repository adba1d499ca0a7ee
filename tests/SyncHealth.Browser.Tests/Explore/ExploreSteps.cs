using SyncHealth.Browser.Tests.Hosting;

namespace SyncHealth.Browser.Tests.Explore;

/// <summary>What tests of Explore do on the page.</summary>
internal static class ExploreSteps
{
    /// <summary>Opens an address of Explore and waits until its numbers are there and its main chart is drawn: then the page is interactive.</summary>
    public static async Task ExploreAsync(this BrowserPage page, string address)
    {
        await page.Page.GotoAsync(address);
        await page.Page.WaitForSelectorAsync(".answers[aria-busy=false]");
        await page.Page.WaitForSelectorAsync("#metric [data-ready]");
    }

    /// <summary>Waits until the page shows the numbers of an address with <paramref name="part"/> in it.</summary>
    public static Task WaitForAnswerAsync(this BrowserPage page, string part) =>
        page.Page.WaitForSelectorAsync($".answers[aria-busy=false][data-address*=\"{part}\"]");

    /// <summary>Saves a CSV and reads it.</summary>
    public static async Task<(string Name, string[][] Rows)> DownloadAsync(this BrowserPage page, string csv)
    {
        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.ClickAsync($"[data-csv={csv}]"));
        await using var stream = await download.CreateReadStreamAsync();
        using var reader = new StreamReader(stream);
        var text = await reader.ReadToEndAsync();
        return (download.SuggestedFilename, [.. text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))]);
    }
}
