using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SyncHealth.Dashboard.Access;

/// <summary>What a request is told that met a defect of ours: an id under which the log says more, and nothing of what went wrong.</summary>
internal static class FailedRequests
{
    public static void Use(IApplicationBuilder app)
    {
        var logger = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(FailedRequests));
        app.Use((context, next) => AnswerAsync(context, next, logger));
    }

    /// <summary>What the server itself refuses (a body that is too large or too slow) and callers who have gone are not defects.</summary>
    private static async Task AnswerAsync(HttpContext context, RequestDelegate next, ILogger logger)
    {
        try
        {
            await next(context);
        }
        catch (Exception error) when (error is not (BadHttpRequestException or OperationCanceledException) && !context.Response.HasStarted)
        {
            var id = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
            Log.RequestFailed(logger, id, error);
            context.Response.Clear();
            await TypedResults.Problem(
                $"This is a defect of SyncHealth. Its log says more under {id}.", statusCode: StatusCodes.Status500InternalServerError,
                extensions: new Dictionary<string, object?> { ["code"] = "internal_error", ["id"] = id }).ExecuteAsync(context);
        }
    }
}
