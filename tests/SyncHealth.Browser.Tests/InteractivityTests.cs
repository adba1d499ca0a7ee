using System.Net;
using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Dashboard;

namespace SyncHealth.Browser.Tests;

public sealed class InteractivityTests(Hosting.Browser browser) : IClassFixture<Hosting.Browser>
{
    [Fact]
    public async Task Files_ProductionFromTheBuildFolder_AreServed()
    {
        await using var host = await DashboardHost.StartAsync(new DashboardOptions(), _ => { });
        using var client = new HttpClient { BaseAddress = host.Address };

        foreach (var file in (string[])["_framework/blazor.web.js", "lib/apexcharts/apexcharts.esm.js", "lib/apexcharts/LICENSE.txt", "js/boot.js", "app.css"])
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(file)).StatusCode);
    }

    [Fact]
    public async Task Overview_Opened_ConnectsItsCircuitWithoutAComplaint()
    {
        await using var host = await DashboardHost.StartAsync(new DashboardOptions(), _ => { });
        await using var page = await browser.OpenAsync(host.Address);

        var circuit = page.Page.WaitForWebSocketAsync();
        await page.Page.GotoAsync("/");
        var socket = await circuit;

        Assert.Contains("/_blazor", socket.Url, StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }
}
