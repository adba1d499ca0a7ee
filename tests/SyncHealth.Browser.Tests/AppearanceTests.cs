using System.Globalization;
using Microsoft.Playwright;
using SyncHealth.Browser.Tests.Hosting;

namespace SyncHealth.Browser.Tests;

/// <summary>Both themes, three widths, contrast and keyboard. The pictures are kept: look at them.</summary>
public sealed class AppearanceTests(Platform platform)
{
    private static readonly string[] Names =
    [
        "page", "surface", "hover", "text", "text-muted", "accent", "on-accent", "accent-soft", "good", "attention", "attention-soft", "poor", "poor-soft",
        "series-1", "series-2", "series-3", "series-4", "series-5", "series-6", "series-7", "series-8", "rank-1", "rank-2", "rank-3",
    ];

    private const double TextContrast = 4.5;
    private const double ShapeContrast = 3;

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(768, ColorScheme.Light)]
    [InlineData(768, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(1920, ColorScheme.Light)]
    [InlineData(1920, ColorScheme.Dark)]
    public async Task Overview_AnyWidthAndTheme_FitsWithoutScrollingSideways(int width, ColorScheme scheme)
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address, width, scheme);

        await page.OpenAsync("/?app=notes&range=6h&by=version");
        await page.KeepAsync($"overview-{width}-{scheme}".ToLowerInvariant());

        Assert.Equal(scheme.ToString().ToLowerInvariant(), await page.Page.EvaluateAsync<string>("document.documentElement.dataset.theme"));
        Assert.Equal(width, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(page.Complaints);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Colours_OfBothThemes_CanBeReadAndToldApart(ColorScheme scheme)
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address, 1280, scheme);
        await page.Page.GotoAsync("/not-found");
        var values = await page.Page.EvaluateAsync<string[]>(
            "names => names.map(name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim())", Names);
        var colors = Names.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second);

        (string Front, string Back)[] texts =
        [
            ("text", "page"), ("text", "surface"), ("text", "hover"), ("text", "accent-soft"), ("text", "attention-soft"), ("text", "poor-soft"),
            ("text-muted", "page"), ("text-muted", "surface"), ("text-muted", "poor-soft"), ("accent", "page"), ("accent", "surface"), ("on-accent", "accent"),
            ("good", "surface"), ("attention", "surface"), ("poor", "surface"), ("poor", "page"),
        ];
        Assert.All(texts, pair => Assert.True(Contrast(colors[pair.Front], colors[pair.Back]) >= TextContrast, $"{pair} {Contrast(colors[pair.Front], colors[pair.Back]):0.00}"));
        var shapes = colors.Keys.Where(name => name.StartsWith("series", StringComparison.Ordinal) || name is "rank-2" or "rank-3");
        Assert.All(shapes, name => Assert.True(Contrast(colors[name], colors["surface"]) >= ShapeContrast, $"{name} {Contrast(colors[name], colors["surface"]):0.00}"));
    }

    [Fact]
    public async Task Keys_SlashThemeAndHelp_DoWhatTheHelpSays()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenAsync("/?app=notes&range=6h");

        await page.Page.Keyboard.PressAsync("?");
        await page.Page.WaitForSelectorAsync("dialog[open]");
        await page.Page.Keyboard.PressAsync("Escape");
        Assert.Equal(0, await page.Page.Locator("dialog[open]").CountAsync());

        await page.Page.Keyboard.PressAsync("t");
        await page.Page.Keyboard.PressAsync("t");
        Assert.Equal("dark", await page.Page.EvaluateAsync<string>("document.documentElement.dataset.theme"));

        await page.Page.Keyboard.PressAsync("/");
        Assert.Equal("app_version", await page.Page.EvaluateAsync<string>("document.activeElement.dataset.filter"));

        await page.Page.ReloadAsync();
        Assert.Equal("dark", await page.Page.EvaluateAsync<string>("document.documentElement.dataset.theme"));
    }

    [Fact]
    public async Task Tab_FromTheTop_ReachesRangeGroupingFiltersAndLegendInOrder()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenAsync("/?app=notes&range=6h&by=version");
        List<string> reached = [];
        for (var i = 0; i < 40; i++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            reached.Add(await page.Page.EvaluateAsync<string>(
                "document.activeElement.closest('[aria-label]')?.getAttribute('aria-label') ?? document.activeElement.textContent"));
        }

        var order = (string[])["SyncHealth, overview", "Range", "Group by", "Filters", "Series of Success rate"];
        var positions = order.Select(name => reached.FindIndex(label => label == name)).ToArray();
        Assert.DoesNotContain(-1, positions);
        Assert.Equal(positions.Order(), positions);
    }

    [Fact]
    public async Task Formats_OfScriptAndServer_AgreeOnEveryCase()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.Page.GotoAsync("/not-found");
        double[] values = [0, 0.004, 0.3, 1, 2.25, 45, 86.44, 95, 99.951, 99.999, 100, 812, 1840, 9949, 9960, 71_200, 125_000, 7_500_000, 273_600_000];

        foreach (var (unit, format) in new (string, Func<double, string>)[]
                 {
                     ("percent", Dashboard.Wording.Quantity.Percent), ("milliseconds", Dashboard.Wording.Quantity.Milliseconds), ("attempts", Dashboard.Wording.Quantity.Count),
                 })
        {
            var cases = values.Where(value => unit != "percent" || value <= 100).ToArray();
            var shown = await page.Page.EvaluateAsync<string[]>(
                "async ([unit, values]) => { const { format } = await import('/js/format.js'); return values.map(value => format(unit, value, false)); }", new object[] { unit, cases });
            Assert.Equal(cases.Select(format), shown);
        }
    }

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>WCAG 2.2, relative luminance of <c>#rrggbb</c>.</summary>
    private static double Luminance(string hex)
    {
        double Channel(int at)
        {
            var value = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Channel(1)) + (0.7152 * Channel(3)) + (0.0722 * Channel(5));
    }
}
