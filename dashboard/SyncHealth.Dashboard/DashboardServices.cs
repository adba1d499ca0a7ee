using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SyncHealth.Dashboard.Access;
using SyncHealth.Dashboard.Alerts;
using SyncHealth.Dashboard.Conflicts;
using SyncHealth.Dashboard.Devices;
using SyncHealth.Dashboard.Explore;
using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Intake;
using SyncHealth.Dashboard.Layout;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.Releases;
using SyncHealth.Dashboard.Setup;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Causes;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Verdicts;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard;

/// <summary>Puts the dashboard into a web application.</summary>
public static class DashboardServices
{
    /// <summary>Registers the dashboard. It reads through the readers of <c>AddSyncHealthStorage</c> and takes the time from the container's <see cref="TimeProvider"/>.</summary>
    /// <exception cref="ArgumentException">An option is out of range; the message names the key to set.</exception>
    public static IServiceCollection AddSyncHealthDashboard(this IServiceCollection services, DashboardOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();

        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<OverviewReader>();
        services.AddSingleton(provider => new CauseShelf(provider.GetRequiredService<ICauseReader>(), TimeProvider.System));
        services.AddSingleton(provider => new DeviceCountShelf(provider.GetRequiredService<IVitalsReader>(), TimeProvider.System));
        services.AddSingleton<OverviewFeed>();
        services.AddSingleton<ExploreReader>();
        services.AddSingleton<ExploreFeed>();
        AddPage<DevicesState, DevicesView, DevicesReader>(services);
        services.AddSingleton(provider => new SignShelf(
            provider.GetRequiredService<IDetectorReader>(), provider.GetRequiredService<IDrainReader>(), provider.GetRequiredService<IFreshnessReader>(), TimeProvider.System));
        AddPage<DeviceState, DeviceView, DeviceStoryReader>(services);
        AddPage<ReleasesState, ReleasesView, ReleasesReader>(services);
        services.AddSingleton(provider => new ReleaseShelf(provider.GetRequiredService<IInstallBaseReader>(), provider.GetRequiredService<IVerdictReader>(), TimeProvider.System));
        AddPage<PageState, AlertsView, AlertsReader>(services);
        AddPage<PageState, ConflictsView, ConflictsReader>(services);
        AddPage<PageState, DataHealthView, DataHealthReader>(services);
        AddPage<PageState, SetupView, SetupReader>(services);
        AddPage<PageState, FirstRunView, FirstRunReader>(services);
        services.AddSingleton<SetupActions>();
        services.AddSingleton<DeviceFinder>();
        services.AddSingleton<AlertActions>();
        services.AddSingleton<ReceiverActions>();
        services.AddScoped<ViewerName>();
        AccessServices.Add(services, options.Access);
        services.AddScoped<ViewerPresence>();
        services.AddScoped<CircuitHandler>(provider => provider.GetRequiredService<ViewerPresence>());
        services.AddRazorComponents().AddInteractiveServerComponents();
        return services;
    }

    /// <summary>Maps the pages at <c>/</c>, their circuit and their files.</summary>
    public static WebApplication MapSyncHealthDashboard(this WebApplication app)
    {
        BrowserFiles.EnsureServed(app);
        AccessServices.Use(app);
        AccessForms.Map(app, app.Services.GetRequiredService<AccessOptions>());
        var files = BrowserFiles.EndpointsManifest();
        app.MapStaticAssets(files).AllowAnonymous();
        // With the files that it names by their content, which no browser asks for twice.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(mode => mode.ContentSecurityFrameAncestorsPolicy = null)
            .AddAdditionalAssemblies([.. app.Services.GetRequiredService<DashboardOptions>().Pages]).WithStaticAssets(files).RequireAuthorization(AccessPolicy.Viewer);
        return app;
    }

    private static void AddPage<TState, TView, TReader>(IServiceCollection services)
        where TState : notnull
        where TView : class, IPageView
        where TReader : class, IPageReader<TState, TView>
    {
        services.AddSingleton<IPageReader<TState, TView>, TReader>();
        services.AddSingleton<PageFeed<TState, TView>>();
    }
}
