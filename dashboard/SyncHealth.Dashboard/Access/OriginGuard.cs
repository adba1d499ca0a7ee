using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace SyncHealth.Dashboard.Access;

/// <summary>
/// Refuses a page's circuit to pages elsewhere: browsers let any page open a WebSocket to any address, and cookies of the same host on another port go along.
/// </summary>
internal static class OriginGuard
{
    private const string Circuit = "/_blazor";

    public static void Use(IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (!context.Request.Path.StartsWithSegments(Circuit) || IsOurs(context.Request))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    /// <summary>Whether our own page, or no page at all, sent a request: what no browser sent has no origin.</summary>
    public static bool IsOurs(HttpRequest request) =>
        request.Headers.Origin is not { Count: > 0 } origin || origin == $"{request.Scheme}://{request.Host}";
}
