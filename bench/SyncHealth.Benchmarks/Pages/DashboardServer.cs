using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SyncHealth.Benchmarks.Vitals;
using SyncHealth.Dashboard;
using SyncHealth.Dashboard.Access;
using SyncHealth.Storage;

namespace SyncHealth.Benchmarks.Pages;

/// <summary>The dashboard as it serves, open to this machine, on a free loopback port. In this process, where its memory can be looked at after a collection.</summary>
internal sealed class DashboardServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private DashboardServer(WebApplication app, string folder)
    {
        _app = app;
        _folder = folder;
    }

    public Uri Address => new(_app.Urls.First());

    public IServiceProvider Services => _app.Services;

    public static async Task<DashboardServer> StartAsync(BenchmarkDatabase database, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("synchealth-bench-").FullName;
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<TimeProvider>(new SampleClock(now));
        builder.Services.AddSyncHealthStorage(new StorageOptions { ConnectionString = database.ConnectionString, DeviceKeyFile = Path.Combine(folder, "device.key") });
        builder.Services.AddSyncHealthDashboard(new DashboardOptions { Access = new AccessOptions { IsOpen = true } });
        var app = builder.Build();
        app.MapSyncHealthDashboard();
        await app.StartAsync(cancellationToken);
        return new DashboardServer(app, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
