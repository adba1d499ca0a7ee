using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Api;

/// <summary>Errors as RFC 9457 problem details, each with a stable <c>code</c>.</summary>
internal static class Problems
{
    public static ProblemHttpResult Of(int status, string code, string detail) =>
        TypedResults.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });

    public static ProblemHttpResult UnknownApp(string app) =>
        Of(StatusCodes.Status404NotFound, "unknown_app", $"No event of an app '{app}' has arrived yet.");

    /// <summary>Turns a parameter that cannot be read, or a question that cannot be answered, into <c>invalid_parameter</c>.</summary>
    public static async ValueTask<object?> OfParametersAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
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
    }

    private static ProblemHttpResult InvalidParameter(string parameter, string detail) => TypedResults.Problem(
        detail,
        statusCode: StatusCodes.Status400BadRequest,
        extensions: new Dictionary<string, object?> { ["code"] = "invalid_parameter", ["parameter"] = parameter });
}
