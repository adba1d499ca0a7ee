using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace SyncHealth.Host.Telemetry;

/// <summary>Gives the server's spans what the framework leaves out: the route as their name, and the status.</summary>
internal sealed class ServerSpans : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(DescribeAsync);
        next(app);
    };

    private static async Task DescribeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        finally
        {
            if (context.Features.Get<IHttpActivityFeature>()?.Activity is { } span)
                Describe(span, context);
        }
    }

    /// <summary>The route and not the path: names of spans must be few.</summary>
    private static void Describe(Activity span, HttpContext context)
    {
        var status = context.Response.StatusCode;
        span.DisplayName = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } route ? $"{context.Request.Method} {route}" : context.Request.Method;
        span.SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
            span.SetStatus(ActivityStatusCode.Error);
    }
}
