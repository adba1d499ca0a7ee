using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Dashboard;
using SyncHealth.Dashboard.Alerts;
using SyncHealth.Dashboard.Conflicts;
using SyncHealth.Dashboard.Devices;
using SyncHealth.Dashboard.Explore;
using SyncHealth.Dashboard.Intake;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.Releases;
using SyncHealth.Dashboard.Setup;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Benchmarks.Pages;

/// <summary>What every page asks, through its own reader, from its address on.</summary>
/// <param name="services">Of the server whose pages they are.</param>
/// <param name="app">The app that the pages are about.</param>
/// <param name="device">A device with raw events.</param>
internal sealed class PageQuestions(IServiceProvider services, string app, long device)
{
    public IReadOnlyList<(string Name, Func<CancellationToken, Task> Ask)> All =>
    [
        ("overview, 1 hour", Overview(TimeRange.Hour)),
        ("overview, 24 hours", Overview(TimeRange.Day)),
        ("overview, 7 days", Overview(TimeRange.Week)),
        ("explore, 6 hours", Explore("6h", by: null)),
        ("explore, 24 hours by version", Explore("24h", "app_version")),
        ("explore, 30 days by version", Explore("30d", "app_version")),
        ("explore, 30 days by OS version", Explore("30d", "os_version")),
        ("releases", Ask<ReleasesState, ReleasesView>(ReleasesState.Parse(app, null, null, null, null, TimeRange.Week))),
        ("devices, by queue", Devices(null)),
        ("devices, waiting", Devices("waiting")),
        ("devices, silent", Devices("silent")),
        ("one device", Ask<DeviceState, DeviceView>(DeviceState.Parse(app, null, DeviceKeyText.Of(device), null, null))),
        ("conflicts, 24 hours", Ask<PageState, ConflictsView>(Page("/conflicts"))),
        ("alerts, 24 hours", Ask<PageState, AlertsView>(Page("/alerts"))),
        ("data health, 24 hours", Ask<PageState, DataHealthView>(Page("/health"))),
        ("setup", Ask<PageState, SetupView>(Page("/setup"))),
        ("first run", Ask<PageState, FirstRunView>(Page("/setup/first"))),
    ];

    private Func<CancellationToken, Task> Overview(TimeRange range)
    {
        var (reader, options) = (services.GetRequiredService<OverviewReader>(), services.GetRequiredService<DashboardOptions>());
        var state = new OverviewState(app, range, null, FilterSet.Empty);
        return async token => _ = OverviewView.Of(await reader.ReadAsync(state, token), state, options);
    }

    private Func<CancellationToken, Task> Explore(string range, string? by)
    {
        var reader = services.GetRequiredService<ExploreReader>();
        var state = ExploreState.Parse(new ExploreParameters { App = app, Range = range, By = by }, TimeRange.Hour);
        return token => reader.ReadAsync(state, token);
    }

    private Func<CancellationToken, Task> Devices(string? show) =>
        Ask<DevicesState, DevicesView>(DevicesState.Parse(app, null, show, null, null, [], null));

    private PageState Page(string path) => new(path, app, TimeRange.Day);

    private Func<CancellationToken, Task> Ask<TState, TView>(TState state)
        where TState : notnull
        where TView : class, IPageView
    {
        var reader = services.GetRequiredService<IPageReader<TState, TView>>();
        return token => reader.ReadAsync(state, token);
    }
}
