using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SyncHealth.Dashboard;

namespace SyncHealth.Browser.Tests.Hosting;

/// <summary>The real dashboard on a real Kestrel in this process, over whatever readers a test registers.</summary>
public sealed class DashboardHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DashboardHost(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public IServiceProvider Services => _app.Services;

    public Task StopAsync() => _app.StopAsync();

    public static async Task<DashboardHost> StartAsync(DashboardOptions options, Action<IServiceCollection> configure, int port = 0, Action<WebApplication>? map = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        configure(builder.Services);
        builder.Services.AddSyncHealthDashboard(options);
        var app = builder.Build();
        app.MapSyncHealthDashboard();
        map?.Invoke(app);
        await app.StartAsync();
        return new DashboardHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
