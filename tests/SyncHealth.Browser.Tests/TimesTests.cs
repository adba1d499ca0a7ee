using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Browser.Tests.Seeding;

namespace SyncHealth.Browser.Tests;

/// <summary>Every time on every page is in the viewer's zone and says UTC on hover; the browser is in Berlin, an hour ahead of the seeded times.</summary>
public sealed class TimesTests(Platform platform)
{
    /// <summary>
    /// What is wrong with the times of the page as it is: a time outside of a time element, one whose hover is not its own moment in UTC, or whose text is not that
    /// moment here. Axes of charts are pictures (their tooltip has its own test); a text to send names its zone itself; what is said of a cell says both.
    /// </summary>
    private const string Judge = """
        () => {
          const faults = [], elsewhere = 'script, style, option, .apex, #customer pre, .heat [data-spoken], svg title';
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const { data, parentElement } = walker.currentNode;
            if (/\b\d{1,2}:\d{2}\b/.test(data) && !parentElement.closest(elsewhere) && !parentElement.closest('time')) faults.push(`no time element: ${data.trim()}`);
          }
          const utc = at => `${at.toISOString().slice(0, 10)} ${at.toISOString().slice(11, 19)} UTC`;
          const here = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
          for (const time of document.querySelectorAll('time')) {
            const at = new Date(time.dateTime);
            if (!time.title.startsWith(utc(at))) faults.push(`hover of ${time.textContent} is ${time.title}, not ${utc(at)}`);
            if (!time.textContent.includes(here.format(at))) faults.push(`${time.textContent} is not ${here.format(at)}`);
          }
          // A component that the page's compiler took for an element.
          for (const unknown of document.querySelectorAll('body *')) if (unknown instanceof HTMLUnknownElement) faults.push(`<${unknown.tagName}> is no element`);
          for (const title of document.querySelectorAll('.heat svg title'))
            if (!/\d\d:\d\d \(\d\d:\d\d UTC\)/.test(title.textContent)) faults.push(`no UTC: ${title.textContent}`);
          return [document.querySelectorAll('time').length.toString(), ...faults];
        }
        """;

    [Theory]
    [MemberData(nameof(EveryPage.Addresses), MemberType = typeof(EveryPage))]
    [InlineData("/explore?app=notes&from=2026-03-04T12:00Z&to=2026-03-04T14:00Z&clock=arrival&vs=week")]
    [InlineData("/setup/start?app=notes")]
    public Task Times_OfEveryPage_AreTheViewersWithUtcOnHover(string address) => AssertTimesAsync(address);

    [Fact]
    public async Task Times_OfADevice_AreTheViewersWithUtcOnHover() => await AssertTimesAsync(await SeededStories.WriteDeviceAsync(platform, "times-device"));

    [Fact]
    public async Task Times_OfAlertsWithTheirHistory_AreTheViewersWithUtcOnHover()
    {
        await new SeededAlerts(platform, "times-alerts").WriteAsync();

        await AssertTimesAsync("/alerts?app=times-alerts&range=6h");
        await AssertTimesAsync("/?app=times-alerts&range=6h");
    }

    [Fact]
    public async Task Tooltip_OfAChart_SaysBoth()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenAsync("/?app=notes&range=6h");

        await page.Page.HoverAsync("#success .apex");
        await page.Page.WaitForSelectorAsync("#success .apexcharts-tooltip.apexcharts-active");

        Assert.Matches(@"^4 Mar, (1\d:\d\d) \(1\d:\d\d UTC\)", await page.TextAsync("#success .apexcharts-tooltip-title"));
    }

    private async Task AssertTimesAsync(string address)
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenWholeAsync(address);
        // The tables below charts are drawn when they are opened.
        foreach (var summary in await page.Page.Locator("main .twin summary").AllAsync())
            await summary.ClickAsync();
        await page.Page.WaitForFunctionAsync("() => [...document.querySelectorAll('main .twin details')].every(twin => twin.querySelector('tbody tr'))");

        var found = await page.Page.EvaluateAsync<string[]>(Judge);

        Assert.NotEqual("0", found[0]);
        Assert.Empty(found[1..]);
    }
}
