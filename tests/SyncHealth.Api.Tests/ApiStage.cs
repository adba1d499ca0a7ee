using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SyncHealth.Api.Tests.Releases;
using SyncHealth.Storage;
using SyncHealth.Storage.Causes;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.Verdicts;
using SyncHealth.Storage.Vitals;
using SyncHealth.Testing;

namespace SyncHealth.Api.Tests;

/// <summary>The API on a loopback port of its own, over readers that answer what a test tells them.</summary>
internal sealed class ApiStage : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiStage(WebApplication app, ScriptedReaders readers, ScriptedReleases releases)
    {
        _app = app;
        Readers = readers;
        Releases = releases;
        Client = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
    }

    public static DateTimeOffset Now { get; } = new(2026, 3, 4, 14, 37, 20, TimeSpan.Zero);

    public ScriptedReaders Readers { get; }

    public ScriptedReleases Releases { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static Task<ApiStage> StartAsync(ApiOptions? options = null) =>
        // Nobody in these tests asks the database, so no connection is opened.
        StartAsync(options ?? new ApiOptions { LoopbackWithoutToken = true }, "Host=192.0.2.1");

    /// <summary>Over a real database, for routes that change something.</summary>
    public static async Task<ApiStage> StartAsync(ApiOptions options, string connectionString)
    {
        var readers = new ScriptedReaders();
        var releases = new ScriptedReleases();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(new ManualTimeProvider(Now));
        builder.Services.AddSingleton(new DeviceKeyHasher(new byte[32]));
        builder.Services.AddSyncHealthStorage(new StorageOptions { ConnectionString = connectionString, DeviceKeyFile = "unused" });
        builder.Services.AddSingleton<IVitalsReader>(readers);
        builder.Services.AddSingleton<IDeviceReader>(readers);
        builder.Services.AddSingleton<IAppReader>(readers);
        builder.Services.AddSingleton<IVerdictReader>(releases);
        builder.Services.AddSingleton<IInstallBaseReader>(releases);
        builder.Services.AddSingleton<ICauseReader>(readers);
        builder.Services.AddSyncHealthApi(options);
        var app = builder.Build();
        app.MapSyncHealthApi();
        await app.StartAsync();
        return new ApiStage(app, readers, releases);
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

    /// <summary>Sends a change as JSON.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string json, string? token = null, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        change?.Invoke(request);
        return await Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
