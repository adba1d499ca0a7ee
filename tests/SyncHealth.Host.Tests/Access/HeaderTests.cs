using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Host.Tests.Roles;
using Xunit;

namespace SyncHealth.Host.Tests.Access;

/// <summary>Reliability F12: every response says what browsers may do with it, errors included.</summary>
public sealed class HeaderTests : IAsyncLifetime
{
    private RunningPlatform _platform = null!;

    public async ValueTask InitializeAsync() => _platform = await RunningPlatform.StartAsync("""{ "Http": { "Proxies": "127.0.0.1" } }""");

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task F12_EveryRoute_HasTheHeaders()
    {
        using var browser = new SignedInClient(_platform.Client.BaseAddress!);
        var paths = _platform.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/').Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal).Replace("*", "", StringComparison.Ordinal))
            .Concat(["/app.css", "/_framework/blazor.web.js", "/no/such/page", "/no/such/file.js"]).Distinct().ToArray();
        Assert.True(paths.Length > 40);
        foreach (var path in paths)
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Trace })
            {
                using var answer = await browser.SendAsync(new HttpRequestMessage(method, path));
                Assert.Equal((path, "nosniff"), (path, Header(answer, "X-Content-Type-Options")));
                Assert.Equal((path, "same-origin"), (path, Header(answer, "Referrer-Policy")));
                Assert.Contains("frame-ancestors 'none'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
                Assert.DoesNotContain("script-src", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
                Assert.StartsWith("default-src 'self';", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
                Assert.False(method == HttpMethod.Trace && answer.IsSuccessStatusCode, path);
                Assert.Null(Header(answer, "Strict-Transport-Security"));
            }
    }

    [Fact]
    public async Task F12_BehindTls_BrowsersStayWithIt()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/login");
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await _platform.Client.SendAsync(request);
        Assert.Equal("max-age=31536000", Header(answer, "Strict-Transport-Security"));
        Assert.Contains(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("synchealth-form=", StringComparison.Ordinal) && cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task F11_BehindTls_TheCookieIsOfTheHostAndSecure()
    {
        var path = await SignedInClient.InviteAsync(_platform.Client, RunningPlatform.AdminToken, "Ann", "viewer");
        using var browser = new SignedInClient(_platform.Client.BaseAddress!);
        var form = await GetOverTlsAsync(browser, path);
        var token = LoginTests.TokenOf(await form.Content.ReadAsStringAsync());
        var formCookie = form.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

        using var joined = await browser.PostAsync(
            "/join", [("__RequestVerificationToken", token), ("token", path.Split('=')[1]), ("password", SignedInClient.Password), ("again", SignedInClient.Password)],
            request =>
            {
                request.Headers.Add("X-Forwarded-Proto", "https");
                request.Headers.Add("Cookie", formCookie);
            });

        Assert.Equal(HttpStatusCode.SeeOther, joined.StatusCode);
        var cookie = Assert.Single(joined.Headers.GetValues("Set-Cookie"), value => value.StartsWith("__Host-synchealth=", StringComparison.Ordinal));
        Assert.EndsWith("; path=/; secure; samesite=lax; httponly", cookie, StringComparison.OrdinalIgnoreCase);
    }

    private static Task<HttpResponseMessage> GetOverTlsAsync(SignedInClient browser, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Forwarded-Proto", "https");
        return browser.SendAsync(request);
    }

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? values.Single() : null;
}
