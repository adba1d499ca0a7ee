using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using SyncHealth.Storage.Apps;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Api;

/// <summary>Errors as RFC 9457 problem details, each with a stable <c>code</c>.</summary>
internal static class Problems
{
    /// <summary>When a reader may try again: a database that restarts is back within seconds.</summary>
    private const string RetryAfterSeconds = "5";

    public static ProblemHttpResult Of(int status, string code, string detail) =>
        TypedResults.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });

    public static ProblemHttpResult UnknownApp(string app) =>
        Of(StatusCodes.Status404NotFound, "unknown_app", $"No event of an app '{app}' has arrived yet.");

    /// <summary>Turns what goes wrong on the way into problems: <c>invalid_parameter</c> for what was asked, <c>storage_unavailable</c> for a database that is away.</summary>
    public static async ValueTask<object?> CatchAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (InvalidParameterException exception)
        {
            return InvalidParameter(exception.Parameter, exception.Message);
        }
        catch (VitalsQueryException exception)
        {
            return InvalidParameter(exception.Parameter, exception.Message);
        }
        catch (AppSettingException exception)
        {
            return InvalidParameter(exception.Parameter, exception.Message);
        }
        catch (DbException exception) when (exception.IsTransient)
        {
            context.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
            return Of(StatusCodes.Status503ServiceUnavailable, "storage_unavailable", "The database is away or overloaded; try again in a moment.");
        }
    }

    private static ProblemHttpResult InvalidParameter(string parameter, string detail) => TypedResults.Problem(
        detail,
        statusCode: StatusCodes.Status400BadRequest,
        extensions: new Dictionary<string, object?> { ["code"] = "invalid_parameter", ["parameter"] = parameter });
}
