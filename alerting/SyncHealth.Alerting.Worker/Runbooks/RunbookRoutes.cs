using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SyncHealth.Alerting.Worker.Runbooks;

/// <summary>Serves the runbooks that messages link to.</summary>
public static class RunbookRoutes
{
    /// <summary>Names of the rules that have a runbook here.</summary>
    public static IReadOnlyCollection<string> Rules => Runbook.Names;

    /// <summary>Maps <c>GET /runbooks/{rule}</c>: a page without script, or 404.</summary>
    public static IEndpointRouteBuilder MapSyncHealthRunbooks(this IEndpointRouteBuilder app)
    {
        app.MapGet("/runbooks/{rule}", (string rule) => Runbook.Read(rule) is { } markdown
            ? Results.Content(MarkdownPage.Of(markdown), "text/html; charset=utf-8")
            : Results.NotFound());
        return app;
    }
}
