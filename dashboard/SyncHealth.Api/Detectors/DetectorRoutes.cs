using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Api.Detectors;

/// <summary><c>GET /api/v1/detectors</c> (stuck devices, re-uploads, poison items, resets with loss, wrong clocks, lost telemetry) and <c>GET /api/v1/drain</c>.</summary>
internal static class DetectorRoutes
{
    /// <summary>Devices of each detector when no limit is asked.</summary>
    private const int DefaultLimit = 10;

    /// <summary>Devices of each detector at most: a page, not an export.</summary>
    private const int MaxLimit = 1000;

    /// <summary>As long as the default window of the rules on detectors.</summary>
    private static readonly TimeSpan DefaultWithin = TimeSpan.FromHours(6);

    /// <summary>Each answer reads the raw events of its window.</summary>
    private static readonly TimeSpan MaxWithin = TimeSpan.FromDays(1);

    private static readonly IReadOnlyList<(string Name, string Description)> Parameters =
    [
        .. ParameterDocs.OfDevices.Where(parameter => parameter.Name != "limit"),
        ("by", "Comma list of app_version, os, os_version, network, device_model, environment, tag:NAME: as of the device's latest report of the window."),
        ("within", "Length of the window: 15m, 6h, 1d or seconds. Default: 6h, at most 1d."),
        ("asOf", "A past moment: the answer is what was known then. Default: now."),
        ("limit", "Devices to list of each detector, 1 to 1000. Default: 10."),
    ];

    public static void Map(RouteGroupBuilder read)
    {
        read.MapGet("/detectors", ReadAsync)
            .WithName("detectors")
            .WithSummary("Devices whose syncs succeed in name only (stuck, re-uploading, blocked by one item, reset with loss) and whose word is not to be trusted (wrong clock, lost telemetry).")
            .Produces<DetectorAnswer>()
            .AddOpenApiOperationTransformer((operation, _, _) => ParameterDocs.Add(operation, Parameters));
        read.MapGet("/drain", ReadDrainAsync)
            .WithName("drain")
            .WithSummary("How devices come back after they could not sync: backlog, time to drain, and the requests of each minute.")
            .Produces<DrainAnswer>()
            .AddOpenApiOperationTransformer((operation, _, _) => ParameterDocs.Add(operation, [.. Parameters.Where(parameter => parameter.Name != "limit")]));
    }

    private static async Task<IResult> ReadAsync(HttpRequest request, IDetectorReader detectors, IAppReader apps, TimeProvider clock, CancellationToken cancellationToken)
    {
        var query = ReadQuery(request, clock.GetUtcNow());
        var limit = QueryParameters.ReadInteger(request.Query, "limit", 1, MaxLimit) ?? DefaultLimit;
        var groups = await detectors.CountAsync(query, cancellationToken);
        if (groups.Count == 0 && !(await apps.ListAsync(cancellationToken)).Any(known => known.Name == query.App))
            return Problems.UnknownApp(query.App);
        var devices = await detectors.ListAsync(query, limit, cancellationToken);
        return TypedResults.Json(new DetectorAnswer(query.App, query.At, (query.At - query.From).TotalSeconds, groups, devices), VitalsRoutes.Json);
    }

    private static async Task<IResult> ReadDrainAsync(HttpRequest request, IDrainReader drains, IAppReader apps, TimeProvider clock, CancellationToken cancellationToken)
    {
        var query = ReadQuery(request, clock.GetUtcNow());
        var course = await drains.ReadAsync(query, cancellationToken);
        return course.Minutes.Count == 0 && !(await apps.ListAsync(cancellationToken)).Any(known => known.Name == query.App)
            ? Problems.UnknownApp(query.App)
            : TypedResults.Json(
                new DrainAnswer(query.App, query.At, (query.At - query.From).TotalSeconds, course.Groups, course.Peak, course.Usual, course.IsStorm, course.Minutes), VitalsRoutes.Json);
    }

    private static DetectorQuery ReadQuery(HttpRequest request, DateTimeOffset now)
    {
        var app = QueryParameters.ReadApp(request.Query);
        var within = QueryParameters.ReadLength(request.Query, "within") ?? DefaultWithin;
        if (within > MaxWithin)
            throw new InvalidParameterException("within", QueryParameters.Single(request.Query, "within") ?? "", "1d or less");
        var at = QueryParameters.ReadPast(request.Query, "asOf", now) ?? now;
        return new DetectorQuery { App = app, From = at - within, At = at, By = QueryParameters.ReadBy(request.Query), Filters = QueryParameters.ReadFilters(request.Query) };
    }
}
