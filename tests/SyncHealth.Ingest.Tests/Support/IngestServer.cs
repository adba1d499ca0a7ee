using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using SyncHealth.Storage;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;

namespace SyncHealth.Ingest.Tests.Support;

/// <summary>The ingest edge on a real Kestrel, on a free loopback port.</summary>
internal sealed class IngestServer : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private readonly WebApplication _app;

    private IngestServer(WebApplication app, ManualTimeProvider clock)
    {
        _app = app;
        Clock = clock;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public ManualTimeProvider Clock { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>A server without a database: a writer that keeps what it gets, and fixed keys.</summary>
    public static Task<IngestServer> StartAsync(IEventWriter writer, Action<IngestOptions>? configure = null) => StartAsync(
        new StorageOptions { ConnectionString = "Host=127.0.0.1;Port=1", DeviceKeyFile = "unused" },
        configure,
        services => services.AddSingleton(writer).AddSingleton<IKeyFinder, FixedKeys>());

    /// <summary>A server over a real database.</summary>
    public static Task<IngestServer> StartAsync(TestDatabase database, Action<IngestOptions>? configure = null) => StartAsync(
        new StorageOptions { ConnectionString = database.ConnectionString, DeviceKeyFile = "unused" }, configure,
        services => services.AddSingleton(provider => new KeyStore(provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<TimeProvider>())));

    public Task<HttpResponseMessage> PostAsync(string json, string key = FixedKeys.Notes, Action<HttpRequestMessage>? change = null) =>
        PostAsync("/v1/events", new StringContent(json, Encoding.UTF8, "application/json"), key, change);

    public async Task<HttpResponseMessage> PostAsync(string path, HttpContent content, string? key, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        change?.Invoke(request);
        return await Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static async Task<IngestServer> StartAsync(StorageOptions storage, Action<IngestOptions>? configure, Action<IServiceCollection> register)
    {
        var clock = new ManualTimeProvider(Start);
        var options = new IngestOptions { RunLoops = false };
        configure?.Invoke(options);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(new DeviceKeyHasher(new byte[32]));
        register(builder.Services);
        builder.Services.AddSyncHealthStorage(storage);
        builder.Services.AddSyncHealthIngest(options);
        var app = builder.Build();
        app.MapSyncHealthIngest();
        await app.StartAsync();
        return new IngestServer(app, clock);
    }
}
