using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Api.Alerts;

/// <summary><c>GET /api/v1/alerts</c> and <c>/api/v1/alerts/history</c>: alert instances with their evaluation inputs, and who is on them.</summary>
internal static class AlertRoutes
{
    /// <summary>Transitions listed when no limit is asked.</summary>
    private const int DefaultLimit = 200;

    /// <summary>Transitions listed at most: a page, not an export.</summary>
    private const int MaxLimit = 5000;

    private const int MaxNameLength = 200;

    /// <summary>How far back history goes when no start is asked: one shift.</summary>
    private static readonly TimeSpan DefaultRange = TimeSpan.FromDays(1);

    private static readonly IReadOnlyList<(string Name, string Description)> ListParameters =
        [("app", "Name of an app. Default: all apps.")];

    private static readonly IReadOnlyList<(string Name, string Description)> AsOfParameters =
        [.. ListParameters, ("at", "The past moment: ISO 8601 or milliseconds since 1970. Default: now.")];

    private static readonly IReadOnlyList<(string Name, string Description)> HistoryParameters =
    [
        .. ListParameters,
        ("from", "Inclusive start: ISO 8601 or milliseconds since 1970. Default: 24 hours before 'to'."),
        ("to", "Exclusive end. Default: now."),
        ("limit", "Transitions to list, 1 to 5000. Default: 200."),
    ];

    public static void Map(RouteGroupBuilder read)
    {
        read.MapGet("/alerts", ReadAlertsAsync)
            .WithName("alerts")
            .WithSummary("Alerts that are pending, firing or recovering, most severe first.")
            .Produces<AlertList>()
            .AddOpenApiOperationTransformer((operation, _, _) => ParameterDocs.Add(operation, ListParameters, required: []));
        read.MapGet("/alerts/as-of", ReadAsOfAsync)
            .WithName("alertsAsOf")
            .WithSummary("The alerts that stood open at a past moment, each by the change that put it there, with what that evaluation saw.")
            .Produces<AlertsThen>()
            .AddOpenApiOperationTransformer((operation, _, _) => ParameterDocs.Add(operation, AsOfParameters, required: []));
        read.MapGet("/alerts/history", ReadHistoryAsync)
            .WithName("alertHistory")
            .WithSummary("Changes of alerts with what each evaluation saw, newest first.")
            .Produces<AlertHistory>()
            .AddOpenApiOperationTransformer((operation, _, _) => ParameterDocs.Add(operation, HistoryParameters, required: []));
    }

    public static void MapEdit(RouteGroupBuilder edit) =>
        edit.MapPost("/alerts/{id}/acknowledge", AcknowledgeAsync)
            .WithName("acknowledgeAlert")
            .WithSummary("Says that somebody is on the alert's open incident: by, for programs (default: api); people act under the name they are signed in with. The first who says so stays.")
            .Produces<AlertAcknowledgement>();

    private static async Task<IResult> AcknowledgeAsync(
        string id, HttpRequest request, AcknowledgementStore acknowledgements, TimeProvider clock, CancellationToken cancellationToken)
    {
        var fields = await RequestFields.ReadAsync(request, ["by"], cancellationToken);
        return long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var alert) && await acknowledgements.AddAsync(alert, SignedIn.Author(request.HttpContext, fields.Text("by", MaxNameLength)), clock.GetUtcNow(), cancellationToken) is { } by
            ? TypedResults.Json(new AlertAcknowledgement(alert, by), VitalsRoutes.Json)
            : Problems.Of(StatusCodes.Status404NotFound, "unknown_alert", $"Alert {id} has no open incident.");
    }

    private static async Task<IResult> ReadAlertsAsync(HttpRequest request, IAlertReader alerts, TimeProvider clock, CancellationToken cancellationToken)
    {
        var active = await alerts.ListActiveAsync(QueryParameters.Single(request.Query, "app"), cancellationToken);
        var unreached = await alerts.ListUnreachedRulesAsync(cancellationToken);
        return TypedResults.Json(new AlertList(clock.GetUtcNow(), active, unreached), VitalsRoutes.Json);
    }

    private static async Task<IResult> ReadAsOfAsync(HttpRequest request, IAlertReader alerts, TimeProvider clock, CancellationToken cancellationToken)
    {
        var at = QueryParameters.ReadPast(request.Query, "at", clock.GetUtcNow()) ?? clock.GetUtcNow();
        var then = await alerts.ListAsOfAsync(QueryParameters.Single(request.Query, "app"), at, cancellationToken);
        return TypedResults.Json(new AlertsThen(at, [.. then.Select(AlertTransition.Of)]), VitalsRoutes.Json);
    }

    private static async Task<IResult> ReadHistoryAsync(HttpRequest request, IAlertReader alerts, TimeProvider clock, CancellationToken cancellationToken)
    {
        // A transition of this very moment belongs to a history that ends now.
        var to = QueryParameters.ReadTime(request.Query, "to") ?? clock.GetUtcNow().AddTicks(TimeSpan.TicksPerMicrosecond);
        var from = QueryParameters.ReadTime(request.Query, "from") ?? to - DefaultRange;
        var limit = QueryParameters.ReadInteger(request.Query, "limit", 1, MaxLimit) ?? DefaultLimit;
        var history = await alerts.ListHistoryAsync(QueryParameters.Single(request.Query, "app"), from, to, limit, cancellationToken);
        return TypedResults.Json(new AlertHistory(from, to, [.. history.Select(AlertTransition.Of)]), VitalsRoutes.Json);
    }
}
