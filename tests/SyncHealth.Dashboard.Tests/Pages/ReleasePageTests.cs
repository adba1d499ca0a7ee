using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.JSInterop;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.Pages;
using SyncHealth.Dashboard.Releases;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Tests.Fakes;
using SyncHealth.Dashboard.Tests.Releases;
using SyncHealth.Testing;

namespace SyncHealth.Dashboard.Tests.Pages;

public sealed class ReleasePageTests
{
    private static readonly ReleasesState State = ReleasesState.Parse(null, null, null, null, null, TimeRange.Hour);

    private readonly FakeReaders _readers = new();
    private readonly FakeReleases _releases = new();

    [Fact]
    public async Task Render_NothingReadYet_IsASkeleton() => Assert.NotNull((await RenderAsync(ask: false)).QuerySelector(".skeleton"));

    [Fact]
    public async Task Render_ABadRelease_HasSentenceTableChartAndStatistics()
    {
        var page = await RenderAsync();

        Assert.StartsWith("Stop: cellular got worse.", page.QuerySelector("#verdict p")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("poor", page.QuerySelector("#verdict")!.GetAttribute("data-band"));
        Assert.StartsWith("🛑 notes: Stop: cellular got worse.", page.QuerySelector("[data-copy]")!.GetAttribute("data-copy"), StringComparison.Ordinal);
        Assert.EndsWith("\nhttp://localhost/releases?range=1h&app=notes&release=2.5.0&baseline=2.4.1", page.QuerySelector("[data-copy]")!.GetAttribute("data-copy"), StringComparison.Ordinal);
        Assert.Equal(["2.5.0", "2.4.1"], page.QuerySelectorAll("#releases tbody tr").Select(row => row.GetAttribute("data-release")!));
        Assert.Equal("2.5.0", page.QuerySelector("#releases [aria-current=true]")!.TextContent);
        Assert.NotNull(page.QuerySelector("#adoption"));
        Assert.Equal(3, page.QuerySelectorAll("#why [aria-label='Metrics of 2.5.0'] tbody tr").Length);
        Assert.Contains("Android, cellular", page.QuerySelector("#segments tbody tr")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_NoRelease_SaysWhatToDo()
    {
        _releases.Uses.Clear();

        var page = await RenderAsync();

        Assert.Contains("Set AppVersion and DeviceId", page.QuerySelector("#releases .nothing")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("#verdict"));
        Assert.Null(page.QuerySelector("#why"));
    }

    [Fact]
    public async Task Render_ReadFailed_SaysSoAndOffersToTryAgain()
    {
        _readers.Failure = new TimeoutException("away");

        Assert.Equal("Try now", (await RenderAsync()).QuerySelector("[role=alert] button")!.TextContent);
    }

    private async Task<IDocument> RenderAsync(bool ask = true)
    {
        var reader = new ReleasesReader(_readers, _readers, new ReleaseShelf(_releases, _releases, new ManualTimeProvider(Some.Now)), new ManualTimeProvider(Some.Now));
        using var feed = new PageFeed<ReleasesState, ReleasesView>(reader, new DashboardOptions(), NullLogger<PageFeed<ReleasesState, ReleasesView>>.Instance);
        if (ask)
        {
            // What a viewer before this one has asked: the page shows it at once.
            var asked = new TaskCompletionSource();
            using var viewer = feed.Subscribe(State, _ => asked.TrySetResult());
            await asked.Task;
        }

        return await RenderedPage.OfAsync<ReleasePage>([], services =>
        {
            services.AddSingleton(feed);
            services.AddSingleton<ViewerPresence>();
            services.AddSingleton<IJSRuntime, NoBrowser>();
        });
    }
}
