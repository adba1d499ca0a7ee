using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SyncHealth.SyncServer;
using SyncHealth.SyncServer.Migrations;
using SyncHealth.Testing;

namespace SyncHealth.Fleet.Tests.Support;

/// <summary>What a fleet talks to: the real notes server, and an ingest service that only remembers.</summary>
public sealed class FleetPlatform : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly ConcurrentDictionary<string, ReportedEvent> _events = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("fleet-").FullName;
    private readonly TestDatabase _database;
    private readonly WebApplication _app;

    private FleetPlatform(TestDatabase database, double speed)
    {
        _database = database;
        Time = new FastTimeProvider(Start, speed);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddNotesServer(new NotesServerOptions { ConnectionString = database.ConnectionString });
        _app = builder.Build();
        _app.MapNotesServer("/notes");
        _app.MapPost("/v1/events", ReceiveAsync);
    }

    public FastTimeProvider Time { get; }

    /// <summary>Every event once, however often it was sent.</summary>
    public IReadOnlyCollection<ReportedEvent> Events => [.. _events.Values];

    public static async Task<FleetPlatform> StartAsync(double speed)
    {
        var database = await TestDatabase.CreateAsync(
            "notes_" + NotesSchema.Fingerprint(), dataSource => NotesSchema.MigrateAsync(dataSource, Start, CancellationToken.None));
        var platform = new FleetPlatform(database, speed);
        await platform._app.StartAsync();
        return platform;
    }

    public FleetOptions Options(Action<FleetOptions>? configure = null)
    {
        var address = _app.Urls.Single();
        var options = new FleetOptions
        {
            Endpoint = new Uri(address), Key = "demo", NotesEndpoint = new Uri(address + "/notes"), DataFolder = _folder,
        };
        configure?.Invoke(options);
        return options;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        Stream body = context.Request.Body;
        if (context.Request.Headers.ContentEncoding == "gzip")
            body = new GZipStream(body, CompressionMode.Decompress);
        using var batch = await JsonDocument.ParseAsync(body);
        var resource = batch.RootElement.GetProperty("resource");
        var count = 0;
        foreach (var item in batch.RootElement.GetProperty("events").EnumerateArray())
        {
            var reported = ReportedEvent.Read(resource, item);
            _events.TryAdd(reported.Device + reported.Id, reported);
            count++;
        }

        await context.Response.WriteAsync($$"""{"accepted":{{count}},"duplicates":0,"rejected":[]}""");
    }
}
