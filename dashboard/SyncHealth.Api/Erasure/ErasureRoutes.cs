using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SyncHealth.Contracts;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Erasure;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Api.Erasure;

/// <summary><c>POST /api/v1/devices/erase</c>. Ids are in the body, so that no address and no access log holds them.</summary>
internal static class ErasureRoutes
{
    private const int MaxNameLength = 200;

    private static readonly string[] Ways = ["device", "user", "key"];
    private static readonly string[] Fields = ["app", .. Ways];

    public static void Map(RouteGroupBuilder administer) =>
        administer.MapPost("/devices/erase", EraseAsync)
            .WithName("eraseDevice")
            .WithSummary("Erases a device (its own id as device, or its opaque key as key) or a user (the host's own reference as user) of app, everywhere and for good. Repeatable.")
            .Produces<ErasureView>();

    private static async Task<IResult> EraseAsync(HttpRequest request, Erasures erasures, DeviceKeyHasher hasher, CancellationToken cancellationToken)
    {
        var fields = await RequestFields.ReadAsync(request, Fields, cancellationToken);
        var app = fields.Text("app", MaxNameLength) ?? throw new InvalidParameterException("app", "", "the name of an app; it is required");
        var said = Ways.Where(fields.Has).ToArray();
        if (said is not [var way] || fields.Text(way, EventLimits.MaxStringLength) is not { } id)
            throw new InvalidParameterException("device", string.Join(", ", said), "one of device, user and key");
        // Whoever closes the connection has asked all the same: half an erasure is none.
        var result = way switch
        {
            "user" => await erasures.EraseUserAsync(app, hasher.UserKey(app, id), CancellationToken.None),
            "device" => await erasures.EraseDeviceAsync(app, hasher.DeviceKey(app, id), CancellationToken.None),
            _ => await erasures.EraseDeviceAsync(app, KeyOf(id), CancellationToken.None),
        };
        return TypedResults.Json(ErasureView.Of(app, result), VitalsRoutes.Json);
    }

    private static long KeyOf(string text) =>
        DeviceKeyText.Parse(text) ?? throw new InvalidParameterException("key", text, "the 16 hexadecimal digits that lists and pages show");
}
