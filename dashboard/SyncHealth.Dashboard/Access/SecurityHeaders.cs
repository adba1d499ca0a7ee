using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace SyncHealth.Dashboard.Access;

/// <summary>What every response tells the browser about what it may do with it, errors included.</summary>
public static class SecurityHeaders
{
    /// <summary>Scripts only from here and none inline: a hostile version name or tag cannot run. Styles inline, because ApexCharts sets them on its elements.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>A year. Only where the request came over TLS: an installation without it would lock itself out.</summary>
    private const string TransportSecurity = "max-age=31536000";

    /// <summary>Sets the headers as soon as a response begins. First in the pipeline, so that no response is without them.</summary>
    public static IApplicationBuilder UseSyncHealthHeaders(this IApplicationBuilder app)
    {
        app.Use((context, next) =>
        {
            context.Response.OnStarting(Set, context);
            return next(context);
        });
        // The server's own answer to a defect would be without them.
        FailedRequests.Use(app);
        return app;
    }

    private static Task Set(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        // Not no-referrer: browsers would then name no origin with our own forms either (Fetch, "append a request Origin header").
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = TransportSecurity;
        return Task.CompletedTask;
    }
}
