using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Browser.Tests.Seeding;

namespace SyncHealth.Browser.Tests;

/// <summary>What the overview says beside the five signs: deploys, and work at risk.</summary>
public sealed class OverviewTests(Platform platform)
{
    [Fact]
    public async Task Marker_InTheRange_StandsOnEveryChartOverTimeAndInWordsBelow()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);

        await page.OpenAsync("/?app=notes&range=6h");

        foreach (var chart in (string[])["success", "duration", "conflicts", "queue"])
        {
            Assert.Equal("A", await page.Page.Locator($"#{chart} .apexcharts-xaxis-annotation-label").Last.TextContentAsync());
            // 12:36 UTC, in the browser's zone.
            Assert.Equal($"A4 Mar 13:36{SeededFleet.Rollout}", await page.Page.Locator($"#{chart} .markers li").TextContentAsync());
        }

        Assert.Equal(0, await page.Page.Locator("#histogram .markers, #staleness .markers").CountAsync());
    }

    [Fact]
    public async Task Work_OnASilentDevice_IsAtRiskAndLeadsToTheOldestWrites()
    {
        await platform.Fleet.WriteSilentAsync("risk", TimeSpan.FromHours(7), waiting: 12);
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);

        await page.OpenAsync("/?app=risk&range=24h");
        await page.WaitForTextAsync(".risk", "Work at risk: 12 items on 1 device wait for more than 6 h");
        Assert.Contains("1 device is silent since then (12 items)", await page.TextAsync(".risk"), StringComparison.Ordinal);

        await page.Page.ClickAsync(".risk a");
        await page.WaitForAddressAsync("/explore?range=24h&app=risk&metric=oldest_pending");
    }

    [Fact]
    public async Task Work_NobodyWaits_SaysSo()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);

        await page.OpenAsync("/?app=notes&range=6h");

        Assert.Equal("No work is at risk: nothing waits on a device for more than 6 h.", await page.TextAsync(".risk"));
    }
}
