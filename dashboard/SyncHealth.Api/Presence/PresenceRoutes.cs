using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Api.Presence;

/// <summary><c>GET /api/v1/presence</c>: active, late, silent and gone devices, coverage and freshness.</summary>
internal static class PresenceRoutes
{
    private static readonly TimeSpan DefaultWithin = TimeSpan.FromDays(1);

    /// <summary>Devices are expected for 7 days at least.</summary>
    private static readonly TimeSpan MaxWithin = TimeSpan.FromDays(7);

    private static readonly IReadOnlyList<(string Name, string Description)> Parameters =
    [
        .. ParameterDocs.OfDevices.Where(parameter => parameter.Name != "limit"),
        ("by", "Comma list of app_version, os, os_version, network, device_model, environment, tag:NAME: as of the device's last report."),
        ("within", "How recent a report or a success has to be: 15m, 24h, 7d or seconds. Default: 1d, at most 7d."),
    ];

    public static void Map(RouteGroupBuilder read) =>
        read.MapGet("/presence", ReadAsync)
            .WithName("presence")
            .WithSummary("Devices that are active, late, silent or gone against their own habit; coverage and freshness, among expected and among reporting devices.")
            .Produces<PresenceAnswer>()
            .AddOpenApiOperationTransformer((operation, _, _) => ParameterDocs.Add(operation, Parameters));

    private static async Task<IResult> ReadAsync(HttpRequest request, PresenceReader presence, IAppReader apps, TimeProvider clock, CancellationToken cancellationToken)
    {
        var app = QueryParameters.ReadApp(request.Query);
        var within = QueryParameters.ReadLength(request.Query, "within") ?? DefaultWithin;
        if (within > MaxWithin)
            throw new InvalidParameterException("within", QueryParameters.Single(request.Query, "within") ?? "", "7d or less");
        var now = clock.GetUtcNow();
        var groups = await presence.ReadAsync(app, now, within, QueryParameters.ReadBy(request.Query), QueryParameters.ReadFilters(request.Query), cancellationToken);
        return groups.Count == 0 && !(await apps.ListAsync(cancellationToken)).Any(known => known.Name == app)
            ? Problems.UnknownApp(app)
            : TypedResults.Json(new PresenceAnswer(app, now, within.TotalSeconds, groups), VitalsRoutes.Json);
    }
}
