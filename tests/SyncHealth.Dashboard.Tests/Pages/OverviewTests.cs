using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.JSInterop;
using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.Pages;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Tests.Fakes;
using SyncHealth.Testing;

namespace SyncHealth.Dashboard.Tests.Pages;

public sealed class OverviewTests
{
    private static readonly OverviewState State = OverviewState.Parse(null, null, null, null, TimeRange.Hour);

    private readonly FakeReaders _readers = new();

    [Fact]
    public async Task Render_NothingReadYet_IsASkeleton()
    {
        var page = await RenderAsync(ask: false);

        Assert.NotNull(page.QuerySelector(".skeleton"));
        Assert.Equal("Loading", page.QuerySelector(".live")!.TextContent.Trim());
    }

    [Fact]
    public async Task Render_NumbersThere_HasTheSentenceFiveTilesAndSixCharts()
    {
        var page = await RenderAsync();

        Assert.StartsWith("Nothing is wrong.", page.QuerySelector(".headline p")!.TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal(5, page.QuerySelectorAll(".tile").Length);
        Assert.Equal(["success", "duration", "histogram", "conflicts", "queue", "staleness"], page.QuerySelectorAll(".chart").Select(chart => chart.Id!));
        Assert.All(page.QuerySelectorAll(".chart[data-empty=false]"), chart => Assert.NotNull(chart.QuerySelector("details > summary")));
    }

    [Fact]
    public async Task Render_ReadFailedFromTheStart_SaysWhatFailedAndOffersToTryAgain()
    {
        _readers.Failure = new TimeoutException("away");

        var page = await RenderAsync();

        Assert.Contains("could not be read", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Try now", page.QuerySelector("[role=alert] button")!.TextContent);
        Assert.Equal("Not updating", page.QuerySelector(".live")!.TextContent.Trim());
        Assert.Null(page.QuerySelector(".skeleton"));
    }

    [Fact]
    public async Task Render_NoAppYet_ShowsHowToSendTheFirstEvent()
    {
        _readers.Apps.Clear();

        var page = await RenderAsync();

        Assert.Contains("No event has arrived yet", page.QuerySelector(".empty")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("curl http://localhost/v1/events", page.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_NoAttemptsInTheRange_SaysSoAndShowsTheSnippetToo()
    {
        _readers.Total = query => Some.Point(0, 0, query.From);

        var page = await RenderAsync();

        Assert.StartsWith("No sync attempts", page.QuerySelector(".headline p")!.TextContent.Trim(), StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("pre"));
    }

    [Fact]
    public async Task Render_SeveralApps_OffersToPickOne()
    {
        _readers.Apps.Add(new("field-app", new Dictionary<string, IReadOnlyList<string>>()));

        var page = await RenderAsync();

        Assert.Equal(["notes", "field-app"], page.QuerySelectorAll(".app option").Select(option => option.TextContent));
    }

    private async Task<IDocument> RenderAsync(bool ask = true)
    {
        using var feed = new OverviewFeed(
            new OverviewReader(_readers, _readers, _readers, _readers, _readers, _readers, new CauseShelf(_readers, new ManualTimeProvider(Some.Now)), new DeviceCountShelf(_readers, new ManualTimeProvider(Some.Now)), new DashboardOptions(), new ManualTimeProvider(Some.Now)), new DashboardOptions(), NullLogger<OverviewFeed>.Instance);
        if (ask)
        {
            // What a viewer before this one has asked: the page shows it at once.
            var asked = new TaskCompletionSource();
            using var viewer = feed.Subscribe(State, _ => asked.TrySetResult());
            await asked.Task;
        }

        return await RenderedPage.OfAsync<Overview>([], services =>
        {
            services.AddSingleton(feed);
            services.AddSingleton<ViewerPresence>();
            services.AddSingleton<IJSRuntime, NoBrowser>();
        });
    }
}
