using System.Net;
using SyncHealth.Browser.Tests.Hosting;

namespace SyncHealth.Browser.Tests;

public sealed class InteractivityTests(Platform platform)
{
    [Fact]
    public async Task Files_ProductionFromTheBuildFolder_AreServed()
    {
        using var client = new HttpClient { BaseAddress = platform.Host.Address };

        foreach (var file in (string[])["_framework/blazor.web.js", "lib/apexcharts/apexcharts.esm.js", "lib/apexcharts/LICENSE.txt", "js/boot.js", "app.css"])
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(file)).StatusCode);
    }

    [Fact]
    public async Task Overview_Opened_BecomesInteractiveAndDrawsEveryChartWithoutAComplaint()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);

        await page.Page.GotoAsync("/?app=notes&range=6h&by=version");
        foreach (var chart in (string[])["success", "duration", "histogram", "conflicts", "queue", "staleness"])
            await page.Page.WaitForSelectorAsync($"#{chart} [data-ready]");

        Assert.Empty(page.Complaints);
    }
}
