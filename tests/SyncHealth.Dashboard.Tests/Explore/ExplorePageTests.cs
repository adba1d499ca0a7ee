using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.JSInterop;
using SyncHealth.Dashboard.Explore;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Tests.Fakes;
using SyncHealth.Dashboard.Tests.Pages;
using SyncHealth.Storage.Vitals;
using SyncHealth.Testing;

namespace SyncHealth.Dashboard.Tests.Explore;

public sealed class ExplorePageTests
{
    private readonly FakeReaders _readers = new();

    [Fact]
    public async Task Render_NothingReadYet_IsASkeleton()
    {
        var page = await RenderAsync(ask: false);

        Assert.NotNull(page.QuerySelector(".skeleton"));
        Assert.Null(page.QuerySelector(".answers"));
    }

    [Fact]
    public async Task Render_NumbersThere_HasTheAnswerTheBreakdownAndSevenCharts()
    {
        var page = await RenderAsync();

        Assert.Equal("99\u00A0%", page.QuerySelector(".answer .value")!.TextContent);
        Assert.Contains("Success rate of all syncs in the last ", page.QuerySelector(".answer .words p")!.TextContent.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(["metric", "failures", "spread", "heat", "successes", "retries", "throughput"], page.QuerySelectorAll(".chart").Select(chart => chart.Id!));
        Assert.NotNull(page.QuerySelector("#breakdown tbody a"));
        Assert.Equal("success_rate", page.QuerySelector("[data-control=metric] option[selected]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Render_ReadFailedFromTheStart_SaysWhatFailedAndOffersToTryAgain()
    {
        _readers.Failure = new TimeoutException("away");

        var page = await RenderAsync();

        Assert.Contains("could not be read", page.QuerySelector(".failure")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Try now", page.QuerySelector(".failure button")!.TextContent);
    }

    [Fact]
    public async Task Render_QuestionRefused_SaysWhatIsAllowed()
    {
        _readers.Failure = new VitalsQueryException("step", "A step of 7 s is not allowed. Allowed: whole minutes.");

        Assert.Contains("Allowed: whole minutes.", (await RenderAsync()).QuerySelector(".failure")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_NoAppYet_LeadsToHowToSendTheFirstEvent()
    {
        _readers.Apps.Clear();

        var page = await RenderAsync();

        Assert.Contains("No event has arrived yet", page.QuerySelector(".empty")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/", page.QuerySelector(".empty a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Render_NothingInTheRange_SaysSoInsteadOfSevenEmptyCharts()
    {
        _readers.Total = query => Some.Point(0, 0, query.From);

        var page = await RenderAsync();

        Assert.Contains("No sync attempts of all syncs in this range", page.QuerySelector(".empty")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll(".chart"));
    }

    private async Task<IDocument> RenderAsync(bool ask = true)
    {
        var options = new DashboardOptions();
        using var feed = new ExploreFeed(
            new ExploreReader(_readers, _readers, _readers, _readers, _readers, _readers, new ManualTimeProvider(Some.Now)), options, NullLogger<ExploreFeed>.Instance);
        if (ask)
        {
            // What a viewer before this one has asked: the page shows it at once.
            var asked = new TaskCompletionSource();
            using var viewer = feed.Subscribe(ExploreState.Default(TimeRange.Hour), _ => asked.TrySetResult());
            await asked.Task;
        }

        return await RenderedPage.OfAsync<ExplorePage>([], services =>
        {
            services.AddSingleton(feed);
            services.AddSingleton<ViewerPresence>();
            services.AddSingleton<IJSRuntime, NoBrowser>();
        });
    }
}
