using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Api;

/// <summary><c>GET /api/v1/devices</c>: the devices that are furthest behind.</summary>
internal static class DeviceRoutes
{
    /// <summary>Devices listed when no limit is asked: what fits a page.</summary>
    private const int DefaultLimit = 10;

    /// <summary>Devices listed at most: a page, not an export.</summary>
    private const int MaxLimit = 1000;

    public static void Map(RouteGroupBuilder read) =>
        read.MapGet("/devices", ReadDevicesAsync)
            .WithName("devices")
            .WithSummary("Devices of the last seven days, deepest upload queue first.")
            .Produces<DeviceList>()
            .AddOpenApiOperationTransformer((operation, _, _) => ParameterDocs.Add(operation, ParameterDocs.OfDevices));

    private static async Task<IResult> ReadDevicesAsync(
        HttpRequest request, IDeviceReader devices, IAppReader apps, TimeProvider clock, CancellationToken cancellationToken)
    {
        var app = QueryParameters.ReadApp(request.Query);
        var now = clock.GetUtcNow();
        var limit = QueryParameters.ReadInteger(request.Query, "limit", 1, MaxLimit) ?? DefaultLimit;
        var list = await devices.FurthestBehindAsync(app, now, QueryParameters.ReadFilters(request.Query), limit, cancellationToken);
        if (list.Count == 0 && !(await apps.ListAsync(cancellationToken)).Any(known => known.Name == app))
            return Problems.UnknownApp(app);
        return TypedResults.Json(new DeviceList(app, now, list), VitalsRoutes.Json);
    }
}
