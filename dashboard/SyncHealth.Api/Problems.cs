using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SyncHealth.Storage.Apps;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Api;

/// <summary>Errors as RFC 9457 problem details, each with a stable <c>code</c>.</summary>
internal static class Problems
{
    /// <summary>When a reader may try again: a database that restarts is back within seconds.</summary>
    private const string RetryAfterSeconds = "5";

    /// <summary>Prefix of the SqlStates that say a value cannot be taken: data_exception (https://www.postgresql.org/docs/current/errcodes-appendix.html).</summary>
    private const string DataException = "22";

    /// <summary>Of that class, but the fault of a sum of ours and not of a value that was asked with.</summary>
    private static readonly string[] FaultsOfSums = ["22003", "22012"];

    public static ProblemHttpResult Of(int status, string code, string detail) =>
        TypedResults.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });

    public static ProblemHttpResult UnknownApp(string app) =>
        Of(StatusCodes.Status404NotFound, "unknown_app", $"No event of an app '{app}' has arrived yet.");

    /// <summary>
    /// Turns what goes wrong on the way into problems: <c>invalid_parameter</c> for what was asked, <c>storage_unavailable</c> for whatever else the database
    /// says. Never 500: a database that is away, full, short of memory or missing a file (SqlState 58P01) answers again once somebody has seen to it.
    /// </summary>
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
        catch (DbException exception) when (IsOfQuestion(exception))
        {
            return Of(StatusCodes.Status400BadRequest, "invalid_parameter", "A value of the question cannot be read by the database.");
        }
        catch (DbException exception)
        {
            if (!exception.IsTransient)
                Log.StorageFailed(context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Problems)), exception.SqlState, exception);
            context.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
            return Of(StatusCodes.Status503ServiceUnavailable, "storage_unavailable", "The database is away, overloaded or broken; try again in a moment.");
        }
    }

    private static bool IsOfQuestion(DbException exception) =>
        exception.SqlState is { } state && state.StartsWith(DataException, StringComparison.Ordinal) && !FaultsOfSums.Contains(state);

    private static ProblemHttpResult InvalidParameter(string parameter, string detail) => TypedResults.Problem(
        detail,
        statusCode: StatusCodes.Status400BadRequest,
        extensions: new Dictionary<string, object?> { ["code"] = "invalid_parameter", ["parameter"] = parameter });
}
