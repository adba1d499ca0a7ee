using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Browser.Tests.Seeding;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Browser.Tests;

/// <summary>What the page shows is what the readers answer, whatever is chosen.</summary>
public sealed class NumbersTests(Platform platform)
{
    [Fact]
    public async Task Tiles_SeededFleet_ShowWhatTheReaderAnswers()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);

        await page.OpenAsync("/?app=notes&range=6h");

        await AssertTilesAsync(page, await ReadAsync(TimeSpan.FromHours(6)));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Headline_BadRelease_NamesVersionNetworkAndTime()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);

        await page.OpenAsync("/?app=notes&range=24h");

        var sentence = await page.TextAsync(".headline p");
        Assert.Contains("app version 2.5.0 on cellular", sentence, StringComparison.Ordinal);
        // 12:40 UTC, in the browser's zone (Berlin, winter); points of 24 h are 15 minutes wide.
        Assert.Matches("since 13:(30|45)", sentence);
    }

    [Fact]
    public async Task FilterByVersion_ChangesAddressAndNumbers_AndSurvivesReloadAndBack()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenAsync("/?app=notes&range=6h");
        var whole = await page.TextAsync("[data-sign=SuccessRate] .sample");
        var expected = await ReadAsync(TimeSpan.FromHours(6), new DimensionFilter("app_version", SeededFleet.BadVersion));

        await page.Page.SelectOptionAsync("select[data-filter=app_version]", "=" + SeededFleet.BadVersion);
        await page.WaitForAddressAsync("filter=app_version%3A2.5.0");
        await page.WaitForTextAsync("[data-sign=SuccessRate] .sample", Quantity.Count(expected.Attempts));
        await AssertTilesAsync(page, expected);

        await page.Page.ReloadAsync();
        await page.WaitForTextAsync("[data-sign=SuccessRate] .sample", Quantity.Count(expected.Attempts));
        Assert.Equal("2.5.0", await page.TextAsync(".chip strong"));

        await page.Page.GoBackAsync();
        await page.WaitForTextAsync("[data-sign=SuccessRate] .sample", whole);
    }

    [Fact]
    public async Task LegendEntry_Clicked_NarrowsThePageWhereItIs()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenAsync("/?app=notes&range=6h&by=network");
        var legend = page.Page.Locator("#success .legend");
        await page.Page.EvaluateAsync("scrollTo(0, 300)");
        Assert.Equal(300, await page.Page.EvaluateAsync<int>("scrollY"));
        var before = await legend.BoundingBoxAsync();

        await legend.Locator("a", new() { HasText = "cellular" }).ClickAsync();
        await page.WaitForAddressAsync("filter=network%3Acellular");
        await page.Page.WaitForSelectorAsync(".chip");
        // On the screen, not in the page: where a line appears above in between, the browser scrolls to keep this in its place.
        var after = await legend.BoundingBoxAsync();

        Assert.Equal(before!.Y, after!.Y, tolerance: 1f);
    }

    [Fact]
    public async Task NewEvents_Written_ShowWithinFiveSecondsWithoutAReload()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.Page.GotoAsync("/?app=live&range=1h");
        await page.Page.WaitForSelectorAsync("text=No app is called");

        await platform.Fleet.WriteOneAsync("live", "1.0", succeeds: true);
        await page.WaitForTextAsync("[data-sign=SuccessRate] .sample", "1 attempt");
        await platform.Fleet.WriteOneAsync("live", "1.0", succeeds: false);
        page.Page.SetDefaultTimeout(5_000);
        await page.WaitForTextAsync("[data-sign=SuccessRate] .value", "50 %");

        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Table_Opened_HasTheNumbersOfItsChart()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenAsync("/?app=notes&range=6h");

        await page.Page.ClickAsync("#histogram summary");
        await page.Page.WaitForSelectorAsync("#histogram tbody td");

        var counts = await page.Page.Locator("#histogram tbody td").AllInnerTextsAsync();
        var answer = await ReadAsync(TimeSpan.FromHours(6));
        Assert.Equal(answer.Attempts, counts.Sum(count => long.Parse(count.Replace(",", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static async Task AssertTilesAsync(BrowserPage page, VitalsPoint answer)
    {
        Assert.Equal(Plain(Quantity.Percent(answer.SuccessRate!.Value)), await page.TextAsync("[data-sign=SuccessRate] .value"));
        Assert.Equal(Plain(Quantity.Milliseconds(answer.DurationMs!.Value.P99)), await page.TextAsync("[data-sign=Duration] .value"));
        Assert.Equal(Quantity.Number(answer.ConflictRate!.Value, 1), await page.TextAsync("[data-sign=ConflictRate] .value"));
        Assert.Equal(Plain(Quantity.Of(answer.QueueDepth!.P99, "item", "items")), await page.TextAsync("[data-sign=QueueDepth] .value"));
        Assert.Equal(Plain(Quantity.Age(answer.StalenessSeconds!.P90)), await page.TextAsync("[data-sign=Staleness] .value"));
        Assert.Equal(
            $"{Quantity.Count(answer.Attempts)} attempts · {Quantity.Count(answer.Devices!.Value)} devices", await page.TextAsync("[data-sign=SuccessRate] .sample"));
    }

    private async Task<VitalsPoint> ReadAsync(TimeSpan range, params DimensionFilter[] filters)
    {
        var now = platform.Clock.GetUtcNow();
        var answer = await platform.Host.Services.GetRequiredService<IVitalsReader>().ReadAsync(
            new VitalsQuery { App = SeededFleet.App, From = now - range, To = now, Now = now, Filters = filters }, CancellationToken.None);
        return answer!.Groups[0].Points[0];
    }

    private static string Plain(string text) => text.Replace('\u00A0', ' ');
}
