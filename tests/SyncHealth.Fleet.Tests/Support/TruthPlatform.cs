using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SyncHealth.Ingest;
using SyncHealth.Storage;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.Retention;
using SyncHealth.SyncServer;
using SyncHealth.Testing;

namespace SyncHealth.Fleet.Tests.Support;

/// <summary>What a fleet talks to: the real notes server and the real ingest, with somebody in between who writes down what devices said, and may lose some of it.</summary>
public sealed class TruthPlatform : IAsyncDisposable
{
    public const string App = "notes";

    private readonly ConcurrentDictionary<string, ReportedEvent> _events = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("truth-").FullName;
    private readonly TestDatabase _database;
    private readonly WebApplication _app;
    private string _key = "";

    private TruthPlatform(TestDatabase database, double speed)
    {
        _database = database;
        Time = new FastTimeProvider(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero), speed);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton(new DeviceKeyHasher(new byte[32]));
        builder.Services.AddSyncHealthStorage(new StorageOptions { ConnectionString = database.ConnectionString, DeviceKeyFile = "unused" });
        builder.Services.AddSyncHealthIngest(new IngestOptions { RunLoops = false, EventsPerSecondPerApp = null });
        builder.Services.AddNotesServer(new NotesServerOptions { ConnectionString = database.ConnectionString });
        _app = builder.Build();
        _app.Use(ListenAsync);
        _app.MapNotesServer("/notes");
        _app.MapSyncHealthIngest();
    }

    public FastTimeProvider Time { get; }

    /// <summary>Every event that a device sent, once, whatever became of it.</summary>
    public IReadOnlyCollection<ReportedEvent> Events => [.. _events.Values];

    /// <summary>Whether a batch is lost on its way: answered for, as a broken proxy may, and never seen by ingest.</summary>
    public Func<IReadOnlyList<ReportedEvent>, bool> IsLost { get; set; } = _ => false;

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public static async Task<TruthPlatform> StartAsync(double speed)
    {
        var platform = new TruthPlatform(await TestDatabase.CreateAsync(), speed);
        await platform._app.StartAsync();
        platform._key = await platform.Get<KeyStore>().CreateAsync(null, "fleet", [], CancellationToken.None);
        await platform.Get<MaintenanceLoop>().MaintainAsync(CancellationToken.None);
        return platform;
    }

    public FleetOptions Options(int devices)
    {
        var address = _app.Urls.Single();
        return new FleetOptions { Endpoint = new Uri(address), Key = _key, NotesEndpoint = new Uri(address + "/notes"), DataFolder = _folder, Devices = devices };
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ListenAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path != "/v1/events")
        {
            await next(context);
            return;
        }

        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var batch = Read(body.ToArray(), isGzip: context.Request.Headers.ContentEncoding == "gzip");
        foreach (var reported in batch)
            _events.TryAdd(reported.Device + reported.Id, reported);
        if (IsLost(batch))
        {
            await context.Response.WriteAsync($$"""{"accepted":{{batch.Count}},"duplicates":0,"rejected":[]}""");
            return;
        }

        body.Position = 0;
        context.Request.Body = body;
        await next(context);
    }

    private static List<ReportedEvent> Read(byte[] body, bool isGzip)
    {
        using var plain = isGzip ? new GZipStream(new MemoryStream(body), CompressionMode.Decompress) : (Stream)new MemoryStream(body);
        using var batch = JsonDocument.Parse(plain);
        var resource = batch.RootElement.GetProperty("resource");
        return batch.RootElement.TryGetProperty("events", out var events) ? [.. events.EnumerateArray().Select(item => ReportedEvent.Read(resource, item))] : [];
    }
}
