using Microsoft.Playwright;
using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Browser.Tests.Seeding;

namespace SyncHealth.Browser.Tests;

/// <summary>axe-core finds nothing serious against WCAG 2.2 AA.</summary>
public sealed class AccessibilityTests(Platform platform)
{
    [Theory]
    [MemberData(nameof(EveryPage.InBothThemes), MemberType = typeof(EveryPage))]
    public Task Page_EveryOneInBothThemes_HasNoSeriousFinding(string address, ColorScheme scheme) => AssertNoFindingAsync(address, scheme);

    [Theory]
    [InlineData("/?app=notes&range=6h&by=version", ColorScheme.Light)]
    [InlineData("/?app=notes&range=6h&by=version", ColorScheme.Dark)]
    [InlineData("/explore?app=notes&range=6h&by=version&filter=network%3Acellular", ColorScheme.Light)]
    [InlineData("/explore?app=notes&range=6h&by=version&filter=network%3Acellular", ColorScheme.Dark)]
    [InlineData("/explore?app=notes&range=6h&vs=segment&other=app_version%3A2.4.1&from=2026-03-04T12:00Z&to=2026-03-04T14:00Z&whole=6h", ColorScheme.Light)]
    [InlineData("/explore?app=notes&range=6h&filter=app_version%3A9.9.9", ColorScheme.Dark)]
    [InlineData("/setup", ColorScheme.Light)]
    [InlineData("/setup", ColorScheme.Dark)]
    [InlineData("/setup/start?app=not-yet", ColorScheme.Light)]
    [InlineData("/setup/start?app=notes", ColorScheme.Dark)]
    [InlineData("/releases?app=notes&range=6h&release=2.5.0", ColorScheme.Light)]
    [InlineData("/releases?app=notes&range=6h&release=2.5.0", ColorScheme.Dark)]
    public Task Page_AnyState_HasNoSeriousFinding(string address, ColorScheme scheme) => AssertNoFindingAsync(address, scheme);

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Device_WithAStory_HasNoSeriousFinding(ColorScheme scheme) =>
        await AssertNoFindingAsync(await SeededStories.WriteDeviceAsync(platform, $"axe-device-{scheme}".ToLowerInvariant()), scheme);

    private async Task AssertNoFindingAsync(string address, ColorScheme scheme)
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address, 1280, scheme);
        await page.OpenWholeAsync(address);

        Assert.Empty(await Axe.FindAsync(page));
    }
}
