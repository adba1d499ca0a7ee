using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Dashboard.Layout;

namespace SyncHealth.Dashboard;

/// <summary>Puts the dashboard into a web application.</summary>
public static class DashboardServices
{
    /// <summary>Registers the dashboard. It reads through the readers of <c>AddSyncHealthStorage</c> and takes the time from the container's <see cref="TimeProvider"/>.</summary>
    /// <exception cref="ArgumentException">An option is out of range; the message names the key to set.</exception>
    public static IServiceCollection AddSyncHealthDashboard(this IServiceCollection services, DashboardOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } errors)
            throw new ArgumentException(string.Join(' ', errors), nameof(options));

        services.AddSingleton(options);
        services.AddRazorComponents().AddInteractiveServerComponents();
        return services;
    }

    /// <summary>Maps the pages at <c>/</c>, their circuit and their files.</summary>
    public static WebApplication MapSyncHealthDashboard(this WebApplication app)
    {
        BrowserFiles.EnsureServed(app);
        app.UseAntiforgery();
        app.MapStaticAssets(BrowserFiles.EndpointsManifest());
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(mode => mode.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }
}
