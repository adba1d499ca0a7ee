using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Dashboard.Access.Documents;

namespace SyncHealth.Dashboard.Access;

/// <summary>What the forms answer with.</summary>
internal static class FormResult
{
    /// <summary>A page that says why nothing was done.</summary>
    public static RazorComponentResult Refuse(int status, string title, string text) =>
        Document<RefusalDocument>(status, new() { [nameof(RefusalDocument.Title)] = title, [nameof(RefusalDocument.Text)] = text });

    /// <summary>A page of one component.</summary>
    public static RazorComponentResult Document<TDocument>(int status, Dictionary<string, object?> parameters)
        where TDocument : IComponent => new(typeof(TDocument), parameters) { StatusCode = status };

    /// <summary>On to a page by GET, whatever was sent.</summary>
    public static IResult GoTo(HttpContext context, string path)
    {
        context.Response.Headers.Location = path;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    public static IAntiforgery AntiforgeryOf(HttpContext context) => context.RequestServices.GetRequiredService<IAntiforgery>();
}
