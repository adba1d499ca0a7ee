using Microsoft.Playwright;
using SyncHealth.Browser.Tests.Hosting;

namespace SyncHealth.Browser.Tests.Explore;

/// <summary>Both themes and three widths of Explore. The pictures are kept: look at them.</summary>
public sealed class ExploreAppearanceTests(Platform platform)
{
    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(768, ColorScheme.Light)]
    [InlineData(768, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(1920, ColorScheme.Light)]
    [InlineData(1920, ColorScheme.Dark)]
    public async Task Explore_AnyWidthAndTheme_FitsWithoutScrollingSideways(int width, ColorScheme scheme)
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address, width, scheme);

        await page.ExploreAsync("/explore?app=notes&range=6h&by=version&filter=network%3Acellular");
        foreach (var chart in (string[])["failures", "spread", "successes", "retries", "throughput"])
            await page.Page.WaitForSelectorAsync($"#{chart} [data-ready]");
        await page.KeepAsync($"explore-{width}-{scheme}".ToLowerInvariant());

        Assert.Equal(width, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(page.Complaints);
    }

    [Theory]
    [InlineData("compare", "/explore?app=notes&range=2h&vs=previous&metric=duration_p90")]
    [InlineData("segment", "/explore?app=notes&range=6h&vs=segment&filter=app_version%3A2.5.0&other=app_version%3A2.4.1")]
    [InlineData("stacked", "/explore?app=notes&range=6h&metric=failures&by=error_kind")]
    [InlineData("nothing", "/explore?app=notes&range=6h&filter=app_version%3A9.9.9")]
    [InlineData("queue", "/explore?app=notes&range=6h&metric=queue_p99&by=device_model")]
    [InlineData("between", "/explore?app=notes&from=2026-03-04T12:00Z&to=2026-03-04T14:00Z&clock=arrival")]
    [InlineData("unknown-app", "/explore?app=nobody")]
    public async Task Explore_AnyState_IsDrawnWithoutAComplaint(string name, string address)
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);

        await page.Page.GotoAsync(address);
        await page.Page.WaitForSelectorAsync(".answers[aria-busy=false], .empty");
        await page.Page.WaitForFunctionAsync("() => [...document.querySelectorAll('.apex')].every(chart => chart.dataset.ready)");
        await page.KeepAsync($"explore-{name}");

        Assert.Equal(1280, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(page.Complaints);
    }
}
