using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SyncHealth.Ingest;
using SyncHealth.Storage;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.Retention;

namespace SyncHealth.Benchmarks.Ingest;

/// <summary>The ingest role as it serves, everything on, on a free loopback port.</summary>
internal sealed class IngestHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _secretFile;

    private IngestHost(WebApplication app, string secretFile, string key)
    {
        _app = app;
        _secretFile = secretFile;
        Key = key;
    }

    public string Key { get; }

    public Uri Address => new(_app.Urls.Single());

    public static async Task<IngestHost> StartAsync(BenchmarkDatabase database, CancellationToken cancellationToken)
    {
        var secretFile = Path.Combine(Path.GetTempPath(), Guid.CreateVersion7().ToString("N") + ".key");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSyncHealthStorage(new StorageOptions { ConnectionString = database.ConnectionString, DeviceKeyFile = secretFile });
        builder.Services.AddSyncHealthIngest(new IngestOptions());
        var app = builder.Build();
        app.MapSyncHealthIngest();

        // Partitions first: the first events must not fall into the default one.
        await app.Services.GetRequiredService<MaintenanceLoop>().MaintainAsync(cancellationToken);
        var key = await app.Services.GetRequiredService<KeyStore>().CreateAsync(appName: null, "bench", [], cancellationToken);
        await app.StartAsync(cancellationToken);
        return new IngestHost(app, secretFile, key);
    }

    /// <summary>Waits until everything is folded, so that what one lane left to do does not slow the other.</summary>
    public async Task DrainAsync(BenchmarkDatabase database, CancellationToken cancellationToken)
    {
        var fold = _app.Services.GetRequiredService<FoldLoop>();
        await using var waiting = database.DataSource.CreateCommand(BenchmarkSql.Beside<IngestHost>("WaitingIncrements"));
        while ((bool)(await waiting.ExecuteScalarAsync(cancellationToken))!)
            await fold.FoldAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        File.Delete(_secretFile);
    }
}
