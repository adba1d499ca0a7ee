using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Host.Tests.Roles;
using Xunit;

namespace SyncHealth.Host.Tests.Access;

/// <summary>Reliability F3: every page and every wire of it, found by reflection, against nobody and each role. A page that is not in the table fails.</summary>
public sealed class RoleMatrixTests : IAsyncLifetime
{
    private static readonly string[] Everybody = ["viewer", "editor", "admin"];
    private static readonly string[] Admins = ["admin"];

    private static readonly Dictionary<string, string[]> Pages = new(StringComparer.Ordinal)
    {
        ["/"] = Everybody,
        ["/explore"] = Everybody,
        ["/devices"] = Everybody,
        ["/devices/{Key}"] = Everybody,
        ["/conflicts"] = Everybody,
        ["/alerts"] = Everybody,
        ["/health"] = Everybody,
        ["/releases"] = Everybody,
        ["/not-found"] = Everybody,
        ["/setup"] = Admins,
        ["/setup/start"] = Admins,
    };

    /// <summary>Pages that only the demo has; it asks nobody for a name, and listens to this machine only.</summary>
    private static readonly string[] DemoPages = ["/try"];

    private readonly Dictionary<string, SignedInClient> _clients = [];
    private RunningPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await RunningPlatform.StartAsync();
        foreach (var role in Everybody)
            _clients[role] = await SignedInClient.JoinAsync(_platform, "the " + role, role);
    }

    public ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
        return _platform.DisposeAsync();
    }

    [Fact]
    public void F3_EveryPage_IsInTheTable() => Assert.Equal(Pages.Keys.Order(StringComparer.Ordinal), PagesOf(_platform));

    [Fact]
    public async Task F3_PagesOfTheDemo_AreOpenThereAndNowhereElse()
    {
        await using var demo = await RunningPlatform.StartAsync(isDemo: true);

        Assert.Equal(Pages.Keys.Concat(DemoPages).Order(StringComparer.Ordinal), PagesOf(demo));
        foreach (var page in DemoPages)
        {
            using var there = await demo.Client.GetAsync(page + "?phone=a");
            using var here = await _clients["admin"].GetAsync(page);
            Assert.Equal((page, HttpStatusCode.OK, HttpStatusCode.NotFound), (page, there.StatusCode, here.StatusCode));
        }

        using var script = await _clients["admin"].GetAsync("/try/pull.js");
        Assert.Equal(HttpStatusCode.NotFound, script.StatusCode);
    }

    [Fact]
    public async Task F3_EveryPage_OpensForTheRolesOfTheTableAndForNobodyElse()
    {
        using var nobody = new SignedInClient(_platform.Client.BaseAddress!);
        foreach (var (route, roles) in Pages)
        {
            var path = route.Replace("{Key}", "0000000000000000", StringComparison.Ordinal);
            using var refused = await nobody.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.Redirect), (path, refused.StatusCode));
            Assert.StartsWith("/login", refused.Headers.Location!.ToString(), StringComparison.Ordinal);
            foreach (var (role, client) in _clients)
            {
                using var answer = await client.GetAsync(path);
                Assert.Equal((path, role, roles.Contains(role) ? HttpStatusCode.OK : HttpStatusCode.Forbidden), (path, role, answer.StatusCode));
            }
        }
    }

    /// <summary>The framework's own, for files that no build has listed. It declares nothing, and so is closed to all but admins.</summary>
    private const string UnlistedFiles = "{**path:file}";

    /// <summary>Deny by default: what declares neither a policy nor that it is open is for admins, and nothing of ours is left to that.</summary>
    [Fact]
    public void F3_EveryEndpoint_DeclaresWhoMayUseIt() => Assert.Empty(
        _platform.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText != UnlistedFiles)
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(endpoint => endpoint.RoutePattern.RawText));

    [Fact]
    public void F3_Pages_AreNeverOpen() => Assert.Empty(
        PageEndpoints(_platform).Where(page => page.Metadata.GetMetadata<IAuthorizeData>() is null || page.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(page => page.RoutePattern.RawText));

    [Theory]
    [InlineData("_blazor/negotiate?negotiateVersion=1")]
    [InlineData("_blazor/initializers")]
    public async Task F3_Circuit_IsClosedToNobodyAndOpenToViewers(string path)
    {
        using var nobody = new SignedInClient(_platform.Client.BaseAddress!);
        var method = path.Contains("negotiate", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get;
        using var refused = await nobody.SendAsync(new HttpRequestMessage(method, path));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var taken = await _clients["viewer"].SendAsync(new HttpRequestMessage(method, path));
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    /// <summary>What pages look like, and where one signs in, has to load before anybody is signed in.</summary>
    [Theory]
    [InlineData("app.css")]
    [InlineData("js/theme.js")]
    [InlineData("_framework/blazor.web.js")]
    [InlineData("login")]
    public async Task F3_Files_AreOpen(string path)
    {
        using var answer = await _platform.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task F3_UnknownAddress_LeadsToSigningInAndThenIsNotThere()
    {
        using var nobody = new SignedInClient(_platform.Client.BaseAddress!);
        Assert.Equal("/login?to=%2Fno%2Fsuch%3Fpage%3D1", (await nobody.GetAsync("/no/such?page=1")).Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await _clients["viewer"].GetAsync("/no/such?page=1")).StatusCode);
    }

    private static IEnumerable<string> PagesOf(RunningPlatform platform) =>
        PageEndpoints(platform).Select(page => "/" + page.RoutePattern.RawText!.TrimStart('/')).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<RouteEndpoint> PageEndpoints(RunningPlatform platform) =>
        platform.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null);
}
