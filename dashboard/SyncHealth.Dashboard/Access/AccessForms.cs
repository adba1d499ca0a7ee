using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SyncHealth.Dashboard.Access;

/// <summary>Maps the forms that deal with signing in. They are plain documents: they work before, and without, a circuit.</summary>
internal static class AccessForms
{
    /// <summary>Bytes of a form: a name, a password twice, and what signs it.</summary>
    private const int MaxBytes = 16 * 1024;

    public static void Map(IEndpointRouteBuilder routes, AccessOptions options)
    {
        // Who is not signed in has to be able to do so; in a demo, and behind a proxy, nobody signs in here.
        if (options.IsOpen || options.UserHeader is not null)
            return;
        var open = Group(routes).AllowAnonymous();
        open.MapGet(AccessPaths.Login, LoginForm.Show);
        open.MapPost(AccessPaths.Login, LoginForm.SubmitAsync);
        open.MapGet(AccessPaths.Join, JoinForm.ShowAsync);
        open.MapPost(AccessPaths.Join, JoinForm.SubmitAsync);
        var own = Group(routes).RequireAuthorization(AccessPolicy.Viewer);
        own.MapGet(AccessPaths.Account, AccountForm.Show);
        own.MapPost(AccessPaths.Account, AccountForm.SubmitAsync);
        own.MapPost(AccessPaths.Logout, AccountForm.LeaveAsync);
    }

    private static RouteGroupBuilder Group(IEndpointRouteBuilder routes) => routes.MapGroup("").AddEndpointFilter(GuardAsync).ExcludeFromDescription();

    /// <summary>Takes forms only as our own page made them, lets no page be kept, and says what failed when the database does not answer.</summary>
    private static async ValueTask<object?> GuardAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        // As the framework sets it where it signs a form.
        context.Response.Headers.CacheControl = "no-cache, no-store";
        context.Response.Headers.Pragma = "no-cache";
        if (HttpMethods.IsPost(context.Request.Method) && await ObjectionAsync(context) is { } objection)
            return objection;
        try
        {
            return await next(invocation);
        }
        catch (DbException exception)
        {
            Log.FormNotTaken(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(AccessForms)), exception);
            return FormResult.Refuse(StatusCodes.Status503ServiceUnavailable, "The database does not answer", "Nothing was changed. Go back and try again in a few seconds.");
        }
    }

    private static async Task<RazorComponentResult?> ObjectionAsync(HttpContext context)
    {
        if (context.Request.ContentLength is null or > MaxBytes || !context.Request.HasFormContentType)
            return FormResult.Refuse(StatusCodes.Status400BadRequest, "That is not our form", "Go back and use the form of the page.");
        if (!OriginGuard.IsOurs(context.Request))
            return FormResult.Refuse(StatusCodes.Status403Forbidden, "That came from another site", "Forms are taken from this installation's own pages only.");
        return await FormResult.AntiforgeryOf(context).IsRequestValidAsync(context)
            ? null
            : FormResult.Refuse(StatusCodes.Status400BadRequest, "The form was too old", "Somebody signed in or out meanwhile. Go back, load the page again and fill it in once more.");
    }
}
