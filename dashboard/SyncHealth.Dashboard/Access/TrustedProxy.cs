using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace SyncHealth.Dashboard.Access;

/// <summary>Marks requests that a configured proxy sent, before what it says about the caller is put in the caller's place.</summary>
internal sealed class TrustedProxy
{
    private static readonly TrustedProxy Mark = new();

    private TrustedProxy()
    {
    }

    /// <summary>Whether one of the configured proxies sent this request.</summary>
    public static bool Sent(HttpContext context) => context.Features.Get<TrustedProxy>() is not null;

    /// <summary>Believes <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> of the configured proxies, and of nobody when there are none.</summary>
    public static void Use(IApplicationBuilder app, IReadOnlyList<IPNetwork> proxies)
    {
        if (proxies.Count == 0)
            return;
        app.Use((context, next) =>
        {
            if (IsOneOf(proxies, context.Connection.RemoteIpAddress))
                context.Features.Set(Mark);
            return next(context);
        });
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost };
        // The framework's defaults believe every process on this machine.
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
            options.KnownIPNetworks.Add(proxy);
        app.UseForwardedHeaders(options);
    }

    private static bool IsOneOf(IReadOnlyList<IPNetwork> proxies, IPAddress? address) =>
        address is not null && proxies.Any(proxy => proxy.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));
}
