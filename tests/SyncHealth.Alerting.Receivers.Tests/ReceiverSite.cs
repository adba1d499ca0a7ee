using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SyncHealth.Testing;

namespace SyncHealth.Alerting.Receivers.Tests;

/// <summary>The fakes on a loopback port, and a client that speaks to them.</summary>
internal sealed class ReceiverSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private ReceiverSite(WebApplication app, ManualTimeProvider wall)
    {
        _app = app;
        Wall = wall;
        _client = new HttpClient { BaseAddress = new Uri(app.Urls.Single() + "/receivers/") };
    }

    /// <summary>The clock of the vendors' limits.</summary>
    public ManualTimeProvider Wall { get; }

    public int SmtpPort => _app.Services.GetRequiredService<FakeReceivers>().SmtpPort!.Value;

    public FakeReceivers Fakes => _app.Services.GetRequiredService<FakeReceivers>();

    public ReceiverState State => _app.Services.GetRequiredService<FakeReceivers>().State;

    public static async Task<ReceiverSite> StartAsync(TimeSpan searchLag = default)
    {
        var wall = new ManualTimeProvider(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(wall);
        builder.Services.AddSyncHealthReceivers(new ReceiverOptions { WallClock = wall, JiraSearchLag = searchLag, SmtpPort = 0 });
        var app = builder.Build();
        app.MapSyncHealthReceivers();
        await app.StartAsync();
        return new ReceiverSite(app, wall);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    public async Task<(HttpStatusCode Status, string Body)> PostAsync(string path, string json, bool signedIn = true)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (signedIn)
            request.Headers.TryAddWithoutValidation("Authorization", "Basic YTpi");
        using var response = await _client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task<HttpStatusCode> SendAsync(HttpRequestMessage request) => (await AnswerAsync(request)).Status;

    public async Task<(HttpStatusCode Status, string Body)> AnswerAsync(HttpRequestMessage request)
    {
        using var response = await _client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task<(HttpStatusCode Status, string Body)> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Authorization", "Basic YTpi");
        using var response = await _client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>A JSON text in which <paramref name="from"/> is replaced; the text must hold it, or the test tests nothing.</summary>
    public static string Change(string json, string from, string to)
    {
        if (!json.Contains(from, StringComparison.Ordinal))
            throw new ArgumentException($"'{from}' is not in the payload.");
        var changed = json.Replace(from, to, StringComparison.Ordinal);
        using var parsed = JsonDocument.Parse(changed);
        return changed;
    }
}
