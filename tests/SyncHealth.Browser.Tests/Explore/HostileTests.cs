using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Browser.Tests.Seeding;
using SyncHealth.Storage.Markers;

namespace SyncHealth.Browser.Tests.Explore;

/// <summary>Hostile strings in every field of Explore: they are shown as they are, and no script runs.</summary>
public sealed class HostileTests(Platform platform)
{
    private static readonly string[] Strings =
    [
        "<script>window.hacked=1</script>", "<img src=x onerror=window.hacked=1>", "\"><svg onload=window.hacked=1>", "' onmouseover='window.hacked=1", "javascript:window.hacked=1",
        "{{constructor.constructor('window.hacked=1')()}}", "${window.hacked=1}", "</title><script>window.hacked=1</script>", "</textarea><script>window.hacked=1</script>",
        "%3Cscript%3Ewindow.hacked=1%3C/script%3E", "&lt;script&gt;", "]]>", "<!--", "--><script>window.hacked=1</script>", "'; drop table synchealth.app; --", "\\", "%", "_",
        "a:b:c", "{a,b}", "{\"a\":1}", "NULL", "\u202Egnp.exe", "\u0000", "\u001B[31m", "🔥", "é\u0301", "=cmd|' /C calc'!A0", "../../etc/passwd", "on\nerror",
    ];

    /// <summary>The texts of an answer's chips, and how many of its elements or attributes could run or load something that the page has not got of itself.</summary>
    private const string Read = """
        async addresses => {
          const found = [];
          for (const address of addresses) {
            const page = new DOMParser().parseFromString(await (await fetch(address)).text(), 'text/html');
            const foreign = [...page.querySelectorAll('body *')].filter(element =>
              element.matches('img, iframe, object, embed, style, base, script:not([src])')
              || [...element.attributes].some(({ name, value }) => name.startsWith('on') || ['href', 'src', 'action', 'formaction'].includes(name) && /^\s*(javascript|data):/i.test(value)));
            found.push([...[...page.querySelectorAll('.chip strong')].map(chip => chip.textContent), String(foreign.length)]);
          }
          return found;
        }
        """;

    private const string Listen = "document.addEventListener('securitypolicyviolation', event => { (window.violations ??= []).push(event.blockedURI || event.violatedDirective); });";

    /// <summary>A page takes thirty filters: fourteen strings as a model and as a tag, and as many in the segment beside them.</summary>
    private const int StringsAPage = 14;

    private static readonly string[] All = [.. Strings.Concat(Hostile.Strings).Where(text => !text.Contains('\u0000', StringComparison.Ordinal)).Distinct()];

    /// <summary>Every string as a value of the parameters that come more than once, on the living page with its answer.</summary>
    [Fact]
    public async Task Parameters_FullOfMarkup_ShowTheirTextAndRunNothing()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.Page.AddInitScriptAsync(Listen);
        foreach (var texts in All.Chunk(StringsAPage))
        {
            var values = texts.Select(text => Uri.EscapeDataString(text)).ToArray();
            await page.Page.GotoAsync(AddressOf(values[0]) + "&app=notes" + string.Concat(values[1..].Select(Repeated)));
            await page.Page.WaitForSelectorAsync(".answers[aria-busy=false], .failure");
            var chips = (await page.Page.Locator(".chip strong").AllTextContentsAsync()).Select(OneLine).ToArray();
            Assert.Equal(3 * texts.Length, chips.Length);
            Assert.All(texts, text => Assert.Equal(3, chips.Count(chip => chip == OneLine(text))));
        }

        await AssertNothingRanAsync(page);
    }

    /// <summary>Every string in every parameter at once, the app's too, in what the server sends: read as a browser reads it, and nothing in it is markup.</summary>
    [Fact]
    public async Task Parameters_EachFullOfMarkup_AreTextInWhatTheServerSends()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.Page.GotoAsync("/not-found");
        var addresses = All.Select(text => AddressOf(Uri.EscapeDataString(text)) + "&app=" + Uri.EscapeDataString(text)).ToArray();

        var found = await page.Page.EvaluateAsync<string[][]>(Read, addresses);

        Assert.Equal(All.Length, found.Length);
        Assert.All(All.Zip(found), pair => Assert.Equal([OneLine(pair.First), OneLine(pair.First), OneLine(pair.First), "0"], pair.Second.Select(OneLine)));
    }

    [Fact]
    public async Task Fields_TypedFullOfMarkup_AddAFilterThatRunsNothing()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.Page.AddInitScriptAsync(Listen);
        await page.ExploreAsync("/explore?app=notes&range=1h");

        foreach (var text in Strings[..9])
        {
            await page.Page.FillAsync("[data-control=filter-value]", text);
            await page.Page.PressAsync("[data-control=filter-value]", "Enter");
            await page.Page.Locator(".chip strong", new() { HasTextString = text }).First.WaitForAsync();
        }

        await AssertNothingRanAsync(page);
    }

    [Fact]
    public async Task Names_ThatAnAppSent_AreTextInLegendBreakdownTooltipAndMarker()
    {
        const string App = "<i>explore";
        var markup = Strings[1];
        await platform.Fleet.WriteOneAsync(App, markup, succeeds: true);
        await platform.Fleet.WriteOneAsync(App, Strings[2], succeeds: false);
        await platform.Host.Services.GetRequiredService<MarkerStore>().AddAsync(
            new Marker(Guid.NewGuid(), App, platform.Clock.GetUtcNow().AddSeconds(-10), markup), CancellationToken.None);
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.Page.AddInitScriptAsync(Listen);

        await page.ExploreAsync($"/explore?app={Uri.EscapeDataString(App)}&range=1h&by=version");

        Assert.Contains(markup, await page.TextAsync("#metric .legend"), StringComparison.Ordinal);
        Assert.Contains(markup, await page.TextAsync("#breakdown"), StringComparison.Ordinal);
        Assert.Contains(markup, await page.TextAsync("#metric .markers"), StringComparison.Ordinal);
        Assert.Equal("A", await page.Page.Locator("#metric .apexcharts-xaxis-annotation-label").Last.TextContentAsync());
        var plot = (await page.Page.Locator("#metric .apex").BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync(plot.X + plot.Width - 20, plot.Y + (plot.Height / 2));
        await page.Page.WaitForSelectorAsync("#metric .apexcharts-tooltip.apexcharts-active");
        await AssertNothingRanAsync(page);
    }

    [Fact]
    public async Task Parameter_WithANul_IsLeftOutBecauseNoValueHoldsOne()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);

        await page.ExploreAsync("/explore?app=notes&range=1h&filter=os%3A%00&by=tag%3A%00");

        Assert.Equal(0, await page.Page.Locator(".chip, .failure").CountAsync());
        Assert.Empty(page.Complaints);
    }

    private static string AddressOf(string value) =>
        $"/explore?range={value}&step={value}&metric={value}&by=tag%3A{value}&clock={value}&from={value}&to={value}&whole={value}&asOf={value}&vs=segment" + Repeated(value);

    private static string Repeated(string value) => $"&filter=device_model%3A{value}&filter=tag%3Ax%3A{value}&other=app_version%3A{value}";

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static async Task AssertNothingRanAsync(BrowserPage page)
    {
        Assert.True(await page.Page.EvaluateAsync<bool>("window.hacked === undefined"));
        Assert.Empty(await page.Page.EvaluateAsync<string[]>("window.violations ?? []"));
        Assert.Equal(0, await page.Page.Locator("img, script:not([src])").CountAsync());
        Assert.Empty(page.Complaints);
    }
}
