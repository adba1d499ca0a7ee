using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Host.Roles;
using SyncHealth.Host.Tests.Roles;
using SyncHealth.Storage.Accounts;
using Xunit;

namespace SyncHealth.Host.Tests.Access;

/// <summary>Reliability F6: what a proxy says of the caller is believed from configured addresses and from nobody else.</summary>
public sealed class ProxyTests
{
    private const string Trusting = """{ "Http": { "Proxies": "127.0.0.2" }, "Access": { "UserHeader": "X-Forwarded-User" } }""";

    [Fact]
    public async Task F6_NameFromTheProxy_IsWhoItIs()
    {
        await using var platform = await RunningPlatform.StartAsync(Trusting);
        await platform.Services.GetRequiredService<AccountStore>().AddAsync("root@example.com", AccountRole.Admin, CancellationToken.None);

        Assert.Equal(HttpStatusCode.OK, await GetAsync(platform, "127.0.0.2", "/", "ann@example.com"));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(platform, "127.0.0.2", "/setup", "ann@example.com"));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(platform, "127.0.0.2", "/setup", "Root@example.com"));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(platform, "127.0.0.2", "/", null));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(platform, "127.0.0.2", "/", "two\tlines"));
    }

    [Fact]
    public async Task F6_NameFromAnybodyElse_IsIgnored()
    {
        await using var platform = await RunningPlatform.StartAsync(Trusting);
        await platform.Services.GetRequiredService<AccountStore>().AddAsync("root@example.com", AccountRole.Admin, CancellationToken.None);
        foreach (var path in new[] { "/", "/setup", "/api/v1/users", "/_blazor/negotiate" })
            foreach (var spoof in new[] { "127.0.0.2", "::1", "unknown" })
                Assert.Contains(
                    await GetAsync(platform, "127.0.0.1", path, "root@example.com", ("X-Forwarded-For", spoof), ("Forwarded", $"for={spoof}"), ("X-Real-IP", spoof)),
                    new[] { HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized });
        // There is no other way in: a form would be one.
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(platform, "127.0.0.2", "/login", "root@example.com"));
    }

    [Fact]
    public async Task F6_NobodyConfigured_HeadersAreIgnored()
    {
        await using var platform = await RunningPlatform.StartAsync();
        Assert.Equal(HttpStatusCode.Redirect, await GetAsync(platform, "127.0.0.1", "/", "root@example.com"));
        using var client = ClientFrom(platform, "127.0.0.1");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/login");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        using var answer = await client.SendAsync(request);
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task F6_UnknownNames_GetTheRoleOfTheSettingsOrNone()
    {
        await using var platform = await RunningPlatform.StartAsync("""{ "Http": { "Proxies": "127.0.0.0/8" }, "Access": { "UserHeader": "X-Forwarded-User", "RoleOfUnknown": "none" } }""");
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(platform, "127.0.0.2", "/", "ann@example.com"));
        await platform.Services.GetRequiredService<AccountStore>().AddAsync("ann@example.com", AccountRole.Viewer, CancellationToken.None);
        Assert.Equal(HttpStatusCode.OK, await GetAsync(platform, "127.0.0.2", "/", "ann@example.com"));
        Assert.Null(await FirstAdmin.InviteAsync(platform.Plan, platform.Services, CancellationToken.None));
    }

    [Theory]
    [InlineData("""{ "Access": { "UserHeader": "X-Forwarded-User" } }""", "SYNCHEALTH__Http__Proxies")]
    [InlineData("""{ "Http": { "Proxies": "somewhere" } }""", "SYNCHEALTH__Http__Proxies is 'somewhere'")]
    [InlineData("""{ "Http": { "Proxies": "127.0.0.1" }, "Access": { "UserHeader": "X User" } }""", "SYNCHEALTH__Access__UserHeader")]
    [InlineData("""{ "Access": { "RoleOfUnknown": "root" } }""", "SYNCHEALTH__Access__RoleOfUnknown is 'root'")]
    public async Task Settings_ThatCannotBe_NameTheKeyToSet(string settings, string key) =>
        Assert.Contains(key, (await Assert.ThrowsAsync<StartupException>(() => RunningPlatform.StartAsync(settings))).Message, StringComparison.Ordinal);

    private static async Task<HttpStatusCode> GetAsync(RunningPlatform platform, string from, string path, string? user, params (string Name, string Value)[] headers)
    {
        using var client = ClientFrom(platform, from);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (user is not null)
            request.Headers.TryAddWithoutValidation("X-Forwarded-User", user);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>Connects from one of this machine's own addresses.</summary>
    private static HttpClient ClientFrom(RunningPlatform platform, string address) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    }) { BaseAddress = platform.Client.BaseAddress };
}
