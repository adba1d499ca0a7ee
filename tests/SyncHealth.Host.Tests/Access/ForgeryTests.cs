using System.Net;
using System.Net.WebSockets;
using System.Text;
using SyncHealth.Host.Tests.Roles;
using Xunit;

namespace SyncHealth.Host.Tests.Access;

/// <summary>Reliability F5: a page elsewhere can make a browser send a request, but not one that changes anything.</summary>
public sealed class ForgeryTests : IAsyncLifetime
{
    private RunningPlatform _platform = null!;
    private SignedInClient _ann = null!;

    private string Own => _platform.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

    public async ValueTask InitializeAsync()
    {
        _platform = await RunningPlatform.StartAsync();
        _ann = await SignedInClient.JoinAsync(_platform, "Ann", "admin");
    }

    public async ValueTask DisposeAsync()
    {
        _ann.Dispose();
        await _platform.DisposeAsync();
    }

    [Theory]
    [InlineData("/login")]
    [InlineData("/join")]
    [InlineData("/account")]
    [InlineData("/logout")]
    public async Task F5_FormWithoutOurToken_IsRefused(string path)
    {
        using var answer = await _ann.PostAsync(path, [("name", "ann"), ("password", SignedInClient.Password), ("current", SignedInClient.Password), ("again", SignedInClient.Password)]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _ann.GetAsync("/")).StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    public async Task F5_FormFromElsewhere_IsRefusedEvenWithOurToken(string origin)
    {
        var token = LoginTests.TokenOf(await (await _ann.GetAsync("/account")).Content.ReadAsStringAsync());
        using (var forged = await _ann.PostAsync("/logout", [("__RequestVerificationToken", token)], request => request.Headers.Add("Origin", origin)))
            Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        using var own = await _ann.PostAsync("/logout", [("__RequestVerificationToken", token)], request => request.Headers.Add("Origin", Own));
        Assert.Equal(HttpStatusCode.SeeOther, own.StatusCode);
    }

    /// <summary>With the session's cookie: what a form can send is refused, and so is what another origin sends.</summary>
    [Theory]
    [InlineData("text/plain", null, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", null, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("application/json", "null", HttpStatusCode.Forbidden)]
    [InlineData("application/json", "own", HttpStatusCode.Created)]
    public async Task F5_RouteWithACookie_IsForOurOwnPages(string mediaType, string? origin, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/markers") { Content = new StringContent("""{"text":"deploy"}""", Encoding.UTF8, mediaType) };
        if (origin is not null)
            request.Headers.Add("Origin", origin == "own" ? Own : origin);
        using var answer = await _ann.SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://127.0.0.1:1")]
    public async Task F5_CircuitFromElsewhere_IsRefused(string origin)
    {
        Assert.Equal(HttpStatusCode.Forbidden, await ConnectAsync(origin));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await ConnectAsync(Own));
    }

    /// <summary>Looking changes nothing: not even when one looked last is written.</summary>
    [Fact]
    public async Task F5_Get_HasNoEffect()
    {
        var before = await _platform.FingerprintAsync("account", "invitation", "session", "ingest_key", "app_setting", "silence", "marker");
        foreach (var path in new[] { "/", "/setup", "/setup/start", "/account", "/alerts", "/logout", "/api/v1/users", "/api/v1/keys", "/join?token=x" })
            using (await _ann.GetAsync(path))
                Assert.Equal(before, await _platform.FingerprintAsync("account", "invitation", "session", "ingest_key", "app_setting", "silence", "marker"));
    }

    private async Task<HttpStatusCode> ConnectAsync(string origin)
    {
        using var socket = new ClientWebSocket();
        socket.Options.Cookies = _ann.Cookies;
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Origin", origin);
        try
        {
            await socket.ConnectAsync(new Uri(Own.Replace("http:", "ws:", StringComparison.Ordinal) + "/_blazor"), CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // What the server answered is what is asked for.
            return socket.HttpStatusCode;
        }

        return socket.HttpStatusCode;
    }
}
