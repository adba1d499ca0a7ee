using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Api.Devices;

/// <summary><c>/api/v1/devices/find</c> and <c>/api/v1/devices/{key}/timeline</c>: from what somebody knows of a device to what happened on it.</summary>
internal static class TimelineRoutes
{
    /// <summary>Matches of each kind: more is a list, which has a route of its own.</summary>
    private const int MaxMatches = 20;

    /// <summary>Characters of a search: device ids and references are far shorter.</summary>
    private const int MaxSearchLength = 300;

    /// <summary>Events of one timeline, as on the page.</summary>
    private const int MaxEvents = 2000;

    private static readonly TimeSpan DefaultRange = TimeSpan.FromDays(7);

    private static readonly string[] Fields = ["app", "text"];

    private static readonly IReadOnlyList<(string Name, string Description)> TimelineParameters =
    [
        ("app", "Name of the app. Required."),
        ("from", "Inclusive start, by corrected time: ISO 8601 or milliseconds since 1970. Default: 7 days before 'to'."),
        ("to", "Exclusive end. Default: now."),
        ("limit", "Events to list, the newest first, 1 to 2000. Default: 2000."),
    ];

    public static void Map(RouteGroupBuilder read)
    {
        read.MapPost("/devices/find", FindAsync)
            .WithName("findDevices")
            .WithSummary("Devices by app and text: an own id, a user reference, a key or its first four digits, tag=value, or part of a model. Changes nothing; what is searched for is in the body, so that no log keeps it.")
            .Produces<DeviceMatches>();
        read.MapGet("/devices/{key}/timeline", ReadTimelineAsync)
            .WithName("deviceTimeline")
            .WithSummary("One device's last state and what it reported, newest first.")
            .Produces<DeviceTimeline>()
            .AddOpenApiOperationTransformer((operation, _, _) => ParameterDocs.AddToPath(operation, TimelineParameters));
    }

    private static async Task<IResult> FindAsync(HttpRequest request, IDeviceDirectory devices, DeviceKeyHasher hasher, CancellationToken cancellationToken)
    {
        var fields = await RequestFields.ReadAsync(request, Fields, cancellationToken);
        var app = fields.Text("app", MaxSearchLength) ?? throw new InvalidParameterException("app", "", "the name of an app; it is required");
        var text = fields.Text("text", MaxSearchLength) ?? throw new InvalidParameterException("text", "", "what is known of the device; it is required");
        return TypedResults.Json(await devices.FindAsync(DeviceSearch.Of(app, text, hasher), MaxMatches, cancellationToken), VitalsRoutes.Json);
    }

    private static async Task<IResult> ReadTimelineAsync(string key, HttpRequest request, IDeviceDirectory devices, TimeProvider clock, CancellationToken cancellationToken)
    {
        var app = QueryParameters.ReadApp(request.Query);
        var now = clock.GetUtcNow();
        var to = QueryParameters.ReadTime(request.Query, "to") ?? now;
        var from = QueryParameters.ReadTime(request.Query, "from") ?? to - DefaultRange;
        var limit = QueryParameters.ReadInteger(request.Query, "limit", 1, MaxEvents) ?? MaxEvents;
        if (await devices.ReadFactsAsync(app, key, cancellationToken) is not { } facts)
            return Problems.Of(StatusCodes.Status404NotFound, "unknown_device", $"The app '{app}' has no device with this key. POST /api/v1/devices/find finds the key of a device.");
        var events = await devices.ReadEventsAsync(app, key, from, to, limit + 1, cancellationToken);
        return TypedResults.Json(
            new DeviceTimeline(
                app, from, to, facts, [.. events.Take(limit).Select(TimelineEvent.Of)], events.Count > limit, await devices.ReadLossesAsync(app, key, now, cancellationToken)),
            VitalsRoutes.Json);
    }
}
