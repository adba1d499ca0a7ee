using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using SyncHealth.Ingest;
using SyncHealth.Storage;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Faults.Tests.Support;

/// <summary>The ingest edge with its loops on a real Kestrel over a real database, as faulty as a test asks for.</summary>
internal sealed class IngestStage : IAsyncDisposable
{
    public const string Key = "faults-suite-key";

    private readonly WebApplication _app;

    private IngestStage(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(60) };
    }

    public HttpClient Http { get; }

    public int Port => Http.BaseAddress!.Port;

    /// <param name="connectionString">The database as the edge sees it: directly, or through a proxy.</param>
    /// <param name="settings">What differs from production.</param>
    public static async Task<IngestStage> StartAsync(string connectionString, StageSettings? settings = null)
    {
        settings ??= new StageSettings();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(settings.Clock);
        builder.Services.AddSingleton(new DeviceKeyHasher(new byte[32]));
        var storage = new StorageOptions { ConnectionString = connectionString, DeviceKeyFile = "unused" };
        settings.Storage(storage);
        var ingest = new IngestOptions { RunLoops = settings.RunLoops };
        settings.Ingest(ingest);
        settings.Bug.Plant(builder.Services);
        builder.Services.AddSyncHealthStorage(storage);
        builder.Services.AddSyncHealthIngest(ingest);
        var app = builder.Build();
        settings.Bug.Plant(app);
        app.MapSyncHealthIngest();
        await app.StartAsync();
        return new IngestStage(app);
    }

    /// <summary>Creates the key of the suite, past every fault.</summary>
    public static async Task CreateKeyAsync(NpgsqlDataSource dataSource) =>
        await new KeyStore(dataSource, TimeProvider.System, TimeProvider.System).EnsureAsync(Key, appName: null, "faults", allowedOrigins: [], CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
