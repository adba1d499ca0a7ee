using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using SyncHealth.Dashboard.Access.Documents;

namespace SyncHealth.Dashboard.Access;

/// <summary>A page that says why there is none.</summary>
internal static class Refusal
{
    public static Task WriteAsync(HttpContext context, int status, string title, string text) =>
        new RazorComponentResult<RefusalDocument>(new Dictionary<string, object?> { [nameof(RefusalDocument.Title)] = title, [nameof(RefusalDocument.Text)] = text }) { StatusCode = status }
            .ExecuteAsync(context);
}
