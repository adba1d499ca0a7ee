using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Browser.Tests.Seeding;
using SyncHealth.Dashboard.Explore;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Browser.Tests.Explore;

/// <summary>What Explore shows is what the readers answer; the address is the state; hostile names stay names.</summary>
public sealed class ExploreTests(Platform platform)
{
    private const string Everything =
        "/explore?range=6h&app=notes&metric=duration_p90&step=15m&by=os_version&filter=network%3Acellular&filter=trigger%3Aforeground&vs=segment&other=app_version%3A2.4.1";

    [Fact]
    public async Task Address_WithEverythingInIt_SurvivesAReloadAndALookFromElsewhere()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.ExploreAsync(Everything);
        var shown = await StateAsync(page);
        Assert.Equal(["duration_p90", "15m", "os_version", "segment"], shown.Controls);

        await page.Page.ReloadAsync();
        await page.WaitForAnswerAsync("other=");
        Assert.Equal(shown.Controls, (await StateAsync(page)).Controls);
        Assert.Equal(shown.Chips, (await StateAsync(page)).Chips);

        await using var colleague = await platform.Browser.OpenAsync(platform.Host.Address);
        await colleague.ExploreAsync(page.Page.Url);
        Assert.Equal(shown.Value, (await StateAsync(colleague)).Value);
        Assert.EndsWith(Everything, page.Page.Url, StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Controls_EachChanged_WriteTheAddressAndKeepTheRest()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.ExploreAsync("/explore?app=notes&range=6h");

        await page.Page.SelectOptionAsync("[data-control=metric]", "success_p90");
        await page.WaitForAnswerAsync("metric=success_p90");
        await page.Page.SelectOptionAsync("[data-control=by]", "trigger");
        await page.WaitForAnswerAsync("by=trigger");
        await page.Page.ClickAsync("[aria-label=Range] a >> text=24h");
        await page.WaitForAnswerAsync("range=24h");
        await page.Page.SelectOptionAsync("[data-control=step]", "1h");
        await page.WaitForAnswerAsync("step=1h");
        await page.Page.SelectOptionAsync("[data-control=vs]", "week");
        await page.WaitForAnswerAsync("vs=week");
        await page.Page.ClickAsync("[aria-label=Clock] a >> text=arrived");
        await page.WaitForAnswerAsync("clock=arrival");

        Assert.EndsWith("/explore?range=24h&app=notes&metric=success_p90&step=1h&by=trigger&clock=arrival&vs=week", page.Page.Url, StringComparison.Ordinal);
        Assert.Equal("p90 duration of successes by trigger", await page.TextAsync("#breakdown-title"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Between_TwoMomentsOfTheViewersClock_AsksForThem()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.ExploreAsync("/explore?app=notes&range=6h");

        // The fields are in the viewer's zone once the browser has told it.
        await page.WaitForTextAsync(".demo time", "15:42:30");
        await page.Page.ClickAsync(".custom summary");
        await page.Page.FillAsync("[data-control=from]", "2026-03-04T13:00");
        await page.Page.FillAsync("[data-control=to]", "2026-03-04T14:30");
        await page.Page.ClickAsync(".custom button");
        // Berlin in winter is an hour ahead of UTC.
        await page.WaitForAnswerAsync("from=2026-03-04T12:00Z&to=2026-03-04T13:30Z");

        Assert.Contains("from 4 Mar 13:00 to 4 Mar 14:30", await page.TextAsync(".answer .words"), StringComparison.Ordinal);
        var expected = await ReadAsync(new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 4, 13, 30, 0, TimeSpan.Zero));
        Assert.Contains($"{Quantity.Count(expected.Attempts)} attempts", await page.TextAsync(".answer .sample"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Between_TheWrongWayRound_SaysWhatIsAllowed()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.ExploreAsync("/explore?app=notes&range=6h");

        // The fields are in the viewer's zone once the browser has told it.
        await page.WaitForTextAsync(".demo time", "15:42:30");
        await page.Page.ClickAsync(".custom summary");
        await page.Page.FillAsync("[data-control=from]", "2026-03-04T14:30");
        await page.Page.FillAsync("[data-control=to]", "2026-03-04T13:00");
        await page.Page.ClickAsync(".custom button");

        await page.WaitForTextAsync(".custom [role=alert]", "Choose two moments");
        Assert.Contains("range=6h", page.Page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("success_rate")]
    [InlineData("duration_p90")]
    [InlineData("success_p99")]
    [InlineData("conflict_rate")]
    [InlineData("queue_p99")]
    [InlineData("attempts")]
    public async Task Value_OfAMetric_IsWhatTheReaderAnswers(string code)
    {
        var metric = Metric.Find(code)!;
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);

        await page.ExploreAsync($"/explore?app=notes&range=6h&metric={code}&filter=os%3Aios");

        var expected = await ReadAsync(SeededFleet.End.AddHours(-6), SeededFleet.End, new DimensionFilter("os", "ios"));
        Assert.Equal(Plain(ExploreWords.Format(metric, metric.Value(expected))), await page.TextAsync(".answer .value"));
    }

    [Fact]
    public async Task Csv_OfTheMainChart_HoldsTheUnroundedNumbersOfEveryPoint()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.ExploreAsync("/explore?app=notes&range=6h&step=1h&metric=attempts&by=version");

        var (name, rows) = await page.DownloadAsync("metric");

        Assert.Equal("metric.csv", name);
        Assert.Equal(["time", "2.4.0", "2.4.1", "2.5.0", "still arriving"], rows[0]);
        var (from, expected) = (new DateTimeOffset(2026, 3, 4, 9, 0, 0, TimeSpan.Zero), await ReadAsync(new DateTimeOffset(2026, 3, 4, 9, 0, 0, TimeSpan.Zero), SeededFleet.End));
        Assert.Equal("2026-03-04T09:00:00Z", rows[1][0]);
        Assert.Equal(from.AddHours(5).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), rows[^1][0]);
        Assert.Equal(expected.Attempts, rows[1..].Sum(row => row[1..4].Sum(cell => long.Parse(cell, CultureInfo.InvariantCulture))));
        Assert.Equal("true", rows[^1][^1]);
    }

    [Fact]
    public async Task Csv_OfBreakdownAndErrors_HoldTheirRows()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.ExploreAsync("/explore?app=notes&range=6h&by=network");

        var breakdown = (await page.DownloadAsync("breakdown")).Rows;
        var errors = (await page.DownloadAsync("errors")).Rows;

        Assert.Equal(["network", "success_rate", "before", "failure share", "attempts", "devices"], breakdown[0]);
        var expected = await ReadAsync(SeededFleet.End.AddHours(-6), SeededFleet.End);
        Assert.Equal(expected.Attempts, breakdown[1..].Sum(row => long.Parse(row[4], CultureInfo.InvariantCulture)));
        Assert.Equal($"timeout · {SeededFleet.BadCode}", errors[1][0]);
        Assert.Equal(expected.Attempts - expected.Successes, errors[1..].Sum(row => long.Parse(row[1], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task EveryChart_OfThePage_HasATableAndACsv()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.ExploreAsync("/explore?app=notes&range=6h");

        var charts = await page.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('section.chart')].map(chart => chart.id)");
        Assert.Equal(["metric", "failures", "spread", "heat", "successes", "retries", "throughput"], charts);
        foreach (var chart in charts)
        {
            await page.Page.ClickAsync($"#{chart} summary");
            await page.Page.WaitForSelectorAsync($"#{chart} tbody td");
            Assert.Equal(1, await page.Page.Locator($"[data-csv={chart}]").CountAsync());
        }
    }

    [Theory]
    [InlineData("vs=previous", "all syncs", "the period before")]
    [InlineData("vs=week", "all syncs", "a week before")]
    [InlineData("filter=app_version%3A2.5.0&vs=segment&other=app_version%3A2.4.1", "app version 2.5.0", "app version 2.4.1")]
    public async Task Comparison_OfAnyKind_DrawsBothAndTellsTheChange(string parameters, string one, string other)
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);

        await page.ExploreAsync($"/explore?app=notes&range=2h&{parameters}");

        Assert.Equal([one, other], (await page.Page.Locator("#metric .legend li").AllInnerTextsAsync()).Select(text => text.Trim()));
        Assert.Contains(other, await page.TextAsync(".answer .change"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comparison_WithAnotherSegment_TellsItsOwnNumber()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.ExploreAsync("/explore?app=notes&range=2h&filter=app_version%3A2.5.0&vs=segment");

        await page.Page.FillAsync("[data-control=other-value]", "2.4.1");
        await page.Page.ClickAsync("form[aria-label='Other segment'] button");
        await page.WaitForAnswerAsync("other=app_version%3A2.4.1");

        var expected = await ReadAsync(SeededFleet.End.AddHours(-2), SeededFleet.End, new DimensionFilter("app_version", "2.4.1"));
        Assert.Contains($"worse than app version 2.4.1 ({Plain(Quantity.Percent(expected.SuccessRate!.Value))})", await page.TextAsync(".answer .change"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CopyLink_Clicked_PutsTheAddressOnTheClipboardAndSaysSo()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.ExploreAsync("/explore?app=notes&range=6h&by=os");

        await page.Page.ClickAsync("[data-action=copy-link]");
        await page.WaitForTextAsync("#copied", "Link copied");

        Assert.Equal(page.Page.Url, await page.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }

    [Fact]
    public async Task Controls_WithTheKeyboardAlone_AddAFilterAndKeepTheFocus()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.ExploreAsync("/explore?app=notes&range=6h");

        await page.Page.Keyboard.PressAsync("/");
        Assert.Equal("metric", await FocusedAsync(page));
        List<string> reached = [];
        while (reached.Count < 30 && await FocusedAsync(page) is var control && control != "filter-value")
        {
            reached.Add(control);
            await page.Page.Keyboard.PressAsync("Tab");
        }

        Assert.Subset(reached.ToHashSet(), (string[])["metric", "step", "by", "vs", "filter-dimension"] is { } expected ? expected.ToHashSet() : []);
        await page.Page.Keyboard.TypeAsync("2.5.0");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.WaitForAnswerAsync("app_version%3A2.5.0");
        Assert.Equal("filter-value", await FocusedAsync(page));
        Assert.Equal("", await page.Page.InputValueAsync("[data-control=filter-value]"));
    }

    private static Task<string> FocusedAsync(BrowserPage page) => page.Page.EvaluateAsync<string>("document.activeElement.dataset.control ?? ''");

    private static async Task<(string[] Controls, IReadOnlyList<string> Chips, string Value)> StateAsync(BrowserPage page) =>
    (
        await page.Page.EvaluateAsync<string[]>("['metric', 'step', 'by', 'vs'].map(name => document.querySelector(`[data-control=${name}]`).value)"),
        await page.Page.Locator(".chip").AllInnerTextsAsync(),
        await page.TextAsync(".answer .value"));

    private async Task<VitalsPoint> ReadAsync(DateTimeOffset from, DateTimeOffset to, params DimensionFilter[] filters)
    {
        var answer = await platform.Host.Services.GetRequiredService<IVitalsReader>().ReadAsync(
            new VitalsQuery { App = SeededFleet.App, From = from, To = to, Now = SeededFleet.End, Filters = filters }, CancellationToken.None);
        return answer!.Groups[0].Points[0];
    }

    private static string Plain(string text) => text.Replace('\u00A0', ' ');
}
