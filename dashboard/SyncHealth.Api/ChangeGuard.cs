using Microsoft.AspNetCore.Http;

namespace SyncHealth.Api;

/// <summary>
/// Refuses changes that a page elsewhere could make a browser on this machine send: a form can send neither JSON nor YAML without asking first, and
/// a browser names the page's origin.
/// </summary>
internal static class ChangeGuard
{
    /// <summary>What rule files are sent as.</summary>
    private const string Yaml = "application/yaml";

    public static ValueTask<object?> RequireAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (HttpMethods.IsGet(request.Method))
            return next(context);
        if (!request.HasJsonContentType() && request.ContentType?.Split(';')[0].Trim() != Yaml)
            return ValueTask.FromResult<object?>(Problems.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "Content-Type must be application/json, also for an empty body."));
        return request.Headers.Origin is { Count: > 0 } origin && origin != $"{request.Scheme}://{request.Host}"
            ? ValueTask.FromResult<object?>(Problems.Of(StatusCodes.Status403Forbidden, "cross_origin", "Changes are taken from this installation's own pages and from programs, not from pages elsewhere."))
            : next(context);
    }
}
