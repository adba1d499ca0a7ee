using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncServer.Migrations;
using SyncHealth.Testing;

namespace SyncHealth.SyncServer.Tests.Support;

/// <summary>A running notes server with a database of its own, spoken to by plain HTTP.</summary>
internal sealed class NotesClient : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private readonly WebApplication _app;
    private readonly HttpClient _http;
    private int _keys;

    private NotesClient(WebApplication app, TestDatabase database, ManualTimeProvider time)
    {
        (_app, Database, Time) = (app, database, time);
        _http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public TestDatabase Database { get; }

    public ManualTimeProvider Time { get; }

    public static async Task<NotesClient> StartAsync(Action<NotesServerOptions>? configure = null)
    {
        var time = new ManualTimeProvider(Now);
        var database = await TestDatabase.CreateAsync("notes_" + NotesSchema.Fingerprint(), source => NotesSchema.MigrateAsync(source, Now, CancellationToken.None));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(time);
        var options = new NotesServerOptions { ConnectionString = database.ConnectionString };
        configure?.Invoke(options);
        builder.Services.AddNotesServer(options);
        var app = builder.Build();
        app.MapNotesServer("/notes");
        await app.StartAsync();
        return new NotesClient(app, database, time);
    }

    public static PushOperation Insert(string id, string title, int editedAtSeconds = 0) => Operation("insert", id, title, editedAtSeconds, 0);

    public static PushOperation Update(string id, string title, int editedAtSeconds, long baseVersion) => Operation("update", id, title, editedAtSeconds, baseVersion);

    public static PushOperation Delete(string id, int editedAtSeconds, long baseVersion) => Operation("delete", id, "", editedAtSeconds, baseVersion);

    public Task<HttpResponseMessage> PushRawAsync(string device, string? key, string body, string account = "ann")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/notes/sync") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        Name(request, account, device);
        if (key is not null)
            request.Headers.Add(ProtocolHeaders.IdempotencyKey, key);
        return _http.SendAsync(request);
    }

    /// <summary>A push whose body comes in an encoding.</summary>
    public async Task<HttpStatusCode> PushPackedAsync(byte[] body, string encoding = Gzip.Name)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/notes/sync") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Content.Headers.ContentEncoding.Add(encoding);
        Name(request, "ann", "phone");
        request.Headers.Add(ProtocolHeaders.IdempotencyKey, $"packed-{Interlocked.Increment(ref _keys)}");
        using var answer = await _http.SendAsync(request);
        return answer.StatusCode;
    }

    public async Task<PushResponse> PushAsync(string device, params PushOperation[] operations)
    {
        using var answer = await PushRawAsync(device, $"{device}-{Interlocked.Increment(ref _keys)}", Json(operations));
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync(ProtocolJson.Default.PushResponse))!;
    }

    public Task<HttpResponseMessage> PullRawAsync(string? token, int limit = 500, string account = "ann")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/notes/changes?limit={limit}" + (token is null ? "" : "&token=" + Uri.EscapeDataString(token)));
        Name(request, account, "reader");
        return _http.SendAsync(request);
    }

    public async Task<ChangesPage> PullAsync(string? token, int limit = 500, string account = "ann")
    {
        using var answer = await PullRawAsync(token, limit, account);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync(ProtocolJson.Default.ChangesPage))!;
    }

    public Task<HttpResponseMessage> PullSinceAsync(string since, int limit = 500)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/notes/changes?limit={limit}&since={Uri.EscapeDataString(since)}");
        Name(request, "ann", "reader");
        return _http.SendAsync(request);
    }

    public Task<HttpResponseMessage> PullBeyondAsync(string body, int limit = 500)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/notes/changes?limit={limit}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        Name(request, "ann", "reader");
        return _http.SendAsync(request);
    }

    /// <summary>Until so many statements of this server wait for a lock.</summary>
    public async Task WaitForLockAsync(int waiting)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            await using var command = Database.DataSource.CreateCommand(
                "select count(*) from pg_stat_activity where datname = current_database() and application_name = 'notes' and wait_event_type = 'Lock'");
            if ((long)(await command.ExecuteScalarAsync(limit.Token))! == waiting)
                return;
            await Task.Yield();
        }
    }

    public static string Json(params PushOperation[] operations) =>
        System.Text.Json.JsonSerializer.Serialize(new PushRequest(operations), ProtocolJson.Default.PushRequest);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Database.DisposeAsync();
    }

    private static PushOperation Operation(string kind, string id, string title, int editedAtSeconds, long baseVersion) =>
        new(kind, id, title, "", Now.AddSeconds(editedAtSeconds).ToUnixTimeMilliseconds(), baseVersion);

    private static void Name(HttpRequestMessage request, string account, string device)
    {
        request.Headers.Add(ProtocolHeaders.Account, account);
        request.Headers.Add(ProtocolHeaders.Device, device);
    }
}
