using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Storage.Keys;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Host.Tests.Roles;

/// <summary>
/// Reliability F1: every route of the composed platform, found by reflection, against every credential. An ingest key opens nothing but
/// what it is for, and a route that is not in the table fails the build.
/// </summary>
public sealed class AccessMatrixTests : IAsyncLifetime
{
    private const string Anonymous = "nobody";
    private const string Ingest = "ingest key";
    private const string Reader = "read token";
    private const string Editor = "editor token";
    private const string Admin = "admin token";

    private static readonly string[] Everybody = [Anonymous, Ingest, Reader, Editor, Admin];

    /// <summary>Who may use a route with a key or token. People have sessions: RoleMatrixTests holds pages against their roles.</summary>
    private static readonly (string Route, string[] Open)[] Table =
    [
        ("POST /v1/events", [Ingest]),
        ("POST /v1/logs", [Ingest]),
        ("POST /v1/server-log", [Ingest]),
        ("OPTIONS /v1/events", Everybody),
        ("OPTIONS /v1/logs", Everybody),
        ("GET /healthz", Everybody),
        ("GET /readyz", Everybody),
        ("GET /metrics", Everybody), // from this machine; HealthEndpointsTests holds it against others
        ("GET /openapi/{documentName}.json", Everybody),
        ("GET /runbooks/{rule}", Everybody),
        ("GET /api/v1/vitals", [Reader, Editor, Admin]),
        ("GET /api/v1/distribution", [Reader, Editor, Admin]),
        ("GET /api/v1/devices", [Reader, Editor, Admin]),
        ("GET /api/v1/releases", [Reader, Editor, Admin]),
        ("GET /api/v1/releases/{version}/verdict", [Reader, Editor, Admin]),
        ("GET /api/v1/devices/{key}/work", [Reader, Editor, Admin]),
        ("POST /api/v1/devices/work", [Reader, Editor, Admin]),
        ("GET /api/v1/presence", [Reader, Editor, Admin]),
        ("GET /api/v1/freshness", [Reader, Editor, Admin]),
        ("GET /api/v1/detectors", [Reader, Editor, Admin]),
        ("GET /api/v1/drain", [Reader, Editor, Admin]),
        ("POST /api/v1/devices/find", [Reader, Editor, Admin]),
        ("GET /api/v1/devices/{key}/timeline", [Reader, Editor, Admin]),
        ("GET /api/v1/causes", [Reader, Editor, Admin]),
        ("GET /api/v1/alerts", [Reader, Editor, Admin]),
        ("GET /api/v1/alerts/history", [Reader, Editor, Admin]),
        ("GET /api/v1/alerts/as-of", [Reader, Editor, Admin]),
        ("GET /api/v1/markers", [Reader, Editor, Admin]),
        ("GET /api/v1/silences", [Reader, Editor, Admin]),
        ("POST /api/v1/silences/preview", [Reader, Editor, Admin]),
        ("POST /api/v1/silences", [Editor, Admin]),
        ("DELETE /api/v1/silences/{id}", [Editor, Admin]),
        ("POST /api/v1/alerts/{id}/acknowledge", [Editor, Admin]),
        ("GET /api/v1/receivers", [Reader, Editor, Admin]),
        ("POST /api/v1/receivers/{name}/test", [Editor, Admin]),
        ("POST /api/v1/rules/backtest", [Reader, Editor, Admin]),
        ("POST /api/v1/markers", [Editor, Admin]),
        ("GET /api/v1/keys", [Admin]),
        ("POST /api/v1/keys", [Admin]),
        ("POST /api/v1/keys/{id}/rotate", [Admin]),
        ("POST /api/v1/keys/{id}/pause", [Admin]),
        ("POST /api/v1/keys/{id}/resume", [Admin]),
        ("POST /api/v1/keys/{id}/revoke", [Admin]),
        ("GET /api/v1/apps", [Admin]),
        ("PUT /api/v1/apps/{app}", [Admin]),
        ("GET /api/v1/users", [Admin]),
        ("POST /api/v1/users", [Admin]),
        ("POST /api/v1/users/invitations", [Admin]),
        ("PUT /api/v1/users/{id}", [Admin]),
        ("POST /api/v1/users/{id}/sign-out", [Admin]),
        ("DELETE /api/v1/users/{id}", [Admin]),
        ("GET /api/v1/doctor", [Admin]),
        ("POST /api/v1/devices/erase", [Admin]),
        ("GET /login", Everybody),
        ("POST /login", Everybody),
        ("GET /join", Everybody),
        ("POST /join", Everybody),
        ("GET /account", []),
        ("POST /account", []),
        ("POST /logout", []),
    ];

    /// <summary>What pages talk through and load; RoleMatrixTests holds it.</summary>
    private static readonly string[] PageWires = ["/_blazor", "/_framework", "/{**path:file}"];

    private RunningPlatform _platform = null!;
    private string _ingestKey = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await RunningPlatform.StartAsync();
        _ingestKey = await _platform.Services.GetRequiredService<KeyStore>().CreateAsync("notes", "test", [], CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public void EveryRoute_IsInTheTable()
    {
        var listed = Table.Select(row => row.Route).ToArray();
        var found = Routes().ToArray();
        Assert.Equal([], found.Except(listed).ToArray());
        Assert.Equal([], listed.Except(found).ToArray());
    }

    [Fact]
    public async Task EveryRoute_IsOpenToThoseOfTheTableAndToNobodyElse()
    {
        var wrong = new List<string>();
        foreach (var (route, open) in Table)
            foreach (var who in Everybody)
            {
                var status = await SendAsync(route, who);
                var refused = status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.Redirect;
                // What is asked is mostly not there or not whole, which only those learn who may ask.
                if (refused == open.Contains(who) || (int)status >= 500)
                    wrong.Add($"{route} answers {(int)status} to {who}");
            }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task IngestKey_OnReadAndAdminRoutes_NeverSucceeds()
    {
        foreach (var (route, open) in Table.Where(row => !row.Open.Contains(Ingest)))
            foreach (var header in new[] { "Authorization", "X-SyncHealth-Key" })
            {
                using var request = Request(route);
                request.Headers.Add(header, header == "Authorization" ? "Bearer " + _ingestKey : _ingestKey);
                using var answer = await _platform.Client.SendAsync(request);
                Assert.False(answer.IsSuccessStatusCode, $"{route} answers {answer.StatusCode} to an ingest key in {header}");
            }
    }

    /// <summary>The whole page, with the vital signs of an app on it.</summary>
    [Fact]
    public async Task Metrics_OfTheWholePlatform_IsCleanPrometheusText()
    {
        using var request = Request("POST /v1/events", $$"""{"resource":{"deviceId":"d\"1"},"events":[{"timestamp":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}},"type":"delta","success":true,"durationMs":812}]}""");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _ingestKey);
        using var accepted = await _platform.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);

        var page = await _platform.Client.GetStringAsync("metrics");

        Assert.Empty(PrometheusLint.Check(page));
        Assert.Contains("synchealth_sync_attempts{app=\"notes\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("synchealth_table_size_bytes{table=\"event\"} ", page, StringComparison.Ordinal);
    }

    private IEnumerable<string> Routes() =>
        from endpoint in _platform.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null && endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null
        where !PageWires.Any(wire => ("/" + endpoint.RoutePattern.RawText!.TrimStart('/')).StartsWith(wire, StringComparison.Ordinal))
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}";

    private async Task<HttpStatusCode> SendAsync(string route, string who)
    {
        using var request = Request(route);
        if (who != Anonymous)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", who switch
            {
                Ingest => _ingestKey,
                Reader => RunningPlatform.ReadToken,
                Editor => RunningPlatform.EditorToken,
                _ => RunningPlatform.AdminToken,
            });
        using var answer = await _platform.Client.SendAsync(request);
        return answer.StatusCode;
    }

    private static HttpRequestMessage Request(string route, string body = "{}")
    {
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1]);
        path = path.Replace("{documentName}", "v1", StringComparison.Ordinal).Replace("{id}", "ffffffffffff", StringComparison.Ordinal).Replace("{app}", "notes", StringComparison.Ordinal).Replace("{key}", "ffffffffffff", StringComparison.Ordinal).Replace("{rule}", "sync-success-rate", StringComparison.Ordinal);
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PUT")
            request.Content = new StringContent(body, Encoding.UTF8, path.EndsWith("/backtest", StringComparison.Ordinal) ? "application/yaml" : "application/json");
        return request;
    }
}
