using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SyncHealth.Storage;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Vitals;
using SyncHealth.Testing;

namespace SyncHealth.Api.Tests;

/// <summary>The API on a loopback port of its own, over readers that answer what a test tells them.</summary>
internal sealed class ApiStage : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiStage(WebApplication app, ScriptedReaders readers)
    {
        _app = app;
        Readers = readers;
        Client = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
    }

    public static DateTimeOffset Now { get; } = new(2026, 3, 4, 14, 37, 20, TimeSpan.Zero);

    public ScriptedReaders Readers { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<ApiStage> StartAsync(ApiOptions? options = null)
    {
        var readers = new ScriptedReaders();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(new ManualTimeProvider(Now));
        // The other readers are storage's own; nobody in these tests asks them, so no connection is opened.
        builder.Services.AddSyncHealthStorage(new StorageOptions { ConnectionString = "Host=192.0.2.1", DeviceKeyFile = "unused" });
        builder.Services.AddSingleton<IVitalsReader>(readers);
        builder.Services.AddSingleton<IDeviceReader>(readers);
        builder.Services.AddSingleton<IAppReader>(readers);
        builder.Services.AddSyncHealthApi(options ?? new ApiOptions { LoopbackWithoutToken = true });
        var app = builder.Build();
        app.MapSyncHealthApi();
        await app.StartAsync();
        return new ApiStage(app, readers);
    }

    public async Task<HttpResponseMessage> GetAsync(string path, string? token = null, string? forwardedFor = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (forwardedFor is not null)
            request.Headers.Add("X-Forwarded-For", forwardedFor);
        return await Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
