using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Access;

namespace SyncHealth.Dashboard.Tests.Access;

/// <summary>Reliability F3: every page says who may open it. One that says nothing, or something unknown, fails here.</summary>
public sealed class PagePolicyTests
{
    private static readonly string[] Known = [AccessPolicy.Viewer, AccessPolicy.Editor, AccessPolicy.Admin];

    [Fact]
    public void EveryPage_SaysWhoMayOpenIt()
    {
        var pages = typeof(DashboardServices).Assembly.GetTypes().Where(type => type.GetCustomAttributes<RouteAttribute>().Any()).ToArray();
        Assert.NotEmpty(pages);
        Assert.All(pages, page =>
        {
            var policies = page.GetCustomAttributes<AuthorizeAttribute>(inherit: true).Select(attribute => attribute.Policy).ToArray();
            Assert.NotEmpty(policies);
            Assert.All(policies, policy => Assert.Contains(policy, Known));
            Assert.Empty(page.GetCustomAttributes<AllowAnonymousAttribute>());
        });
    }

    [Fact]
    public void Setup_IsForAdmins() => Assert.All(
        typeof(DashboardServices).Assembly.GetTypes().Where(type => type.GetCustomAttributes<RouteAttribute>().Any(route => route.Template.StartsWith("/setup", StringComparison.Ordinal))),
        page => Assert.Contains(page.GetCustomAttributes<AuthorizeAttribute>(), attribute => attribute.Policy == AccessPolicy.Admin));
}
