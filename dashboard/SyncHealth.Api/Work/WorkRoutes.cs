using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SyncHealth.Contracts;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Api.Work;

/// <summary>Is my work lost? By opaque key (<c>GET /api/v1/devices/{key}/work</c>), or by a raw id in a body (<c>POST /api/v1/devices/work</c>), which no log of addresses holds.</summary>
internal static class WorkRoutes
{
    /// <summary>What the answer is worth, said with every answer.</summary>
    private const string Limits = "Per device, not per item; on the device's own word, over the events that are kept, and on its server's where the server sends its log; nothing after the last proof is known.";

    private const int MaxNameLength = 200;

    /// <summary>Devices of one person: more are no person.</summary>
    private const int MaxDevices = 20;

    private static readonly string[] Fields = ["app", "id"];

    private static readonly IReadOnlyList<(string Name, string Description)> Parameters = [("app", "Name of the app. Required.")];

    public static void Map(RouteGroupBuilder read)
    {
        read.MapGet("/devices/{key}/work", ReadAsync)
            .WithName("work")
            .WithSummary("Whether the work of a device is on the server, queued, stuck, rejected, overwritten by a conflict, discarded by a reset, or unknown; with the evidence.")
            .Produces<WorkList>()
            .AddOpenApiOperationTransformer((operation, _, _) => ParameterDocs.Add(operation, Parameters, ["app"]));
        read.MapPost("/devices/work", FindAsync)
            .WithName("findWork")
            .WithSummary("The same for the devices that id means in app: a device's own id, the host's own user reference, or an opaque key.")
            .Produces<WorkList>();
    }

    private static async Task<IResult> ReadAsync(string key, HttpRequest request, IWorkReader work, TimeProvider clock, CancellationToken cancellationToken)
    {
        var app = QueryParameters.ReadApp(request.Query);
        var now = clock.GetUtcNow();
        return await work.ReadAsync(app, key, now, cancellationToken) is { } standing
            ? TypedResults.Json(new WorkList(app, now, [WorkView.Of(standing)], Limits), VitalsRoutes.Json)
            : Problems.Of(StatusCodes.Status404NotFound, "unknown_device", "The app has no device of this key. It may belong to another app, or its data may have been erased.");
    }

    private static async Task<IResult> FindAsync(
        HttpRequest request, IWorkReader work, IDeviceDirectory devices, DeviceKeyHasher hasher, TimeProvider clock, CancellationToken cancellationToken)
    {
        var fields = await RequestFields.ReadAsync(request, Fields, cancellationToken);
        var app = fields.Text("app", MaxNameLength) ?? throw new InvalidParameterException("app", "", "the name of an app; it is required");
        var id = fields.Text("id", EventLimits.MaxStringLength) ?? throw new InvalidParameterException("id", "", "a device's own id, a user reference or an opaque key; it is required");
        var now = clock.GetUtcNow();
        var found = await devices.FindAsync(DeviceSearch.Of(app, id, hasher), MaxDevices, cancellationToken);
        var standings = new List<WorkView>();
        foreach (var match in found.Devices.Where(match => match.How != "key" || id.Trim().Length == DeviceKeyText.Length).OrderByDescending(match => match.LastSeenAt))
            if (await work.ReadAsync(app, match.Key, now, cancellationToken) is { } standing)
                standings.Add(WorkView.Of(standing));
        return TypedResults.Json(new WorkList(app, now, standings, Limits), VitalsRoutes.Json);
    }
}
