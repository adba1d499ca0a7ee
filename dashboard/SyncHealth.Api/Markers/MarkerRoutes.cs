using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SyncHealth.Storage.Markers;

namespace SyncHealth.Api.Markers;

/// <summary><c>/api/v1/markers</c>: deploys and incidents, for every chart.</summary>
internal static class MarkerRoutes
{
    private const int MaxNameLength = 200;

    /// <summary>How far back the list goes when no start is asked.</summary>
    private static readonly TimeSpan DefaultRange = TimeSpan.FromDays(1);

    /// <summary>A deploy is announced a little ahead at most; a year ahead is a typing error.</summary>
    private static readonly TimeSpan MaxAhead = TimeSpan.FromDays(30);

    private static readonly string[] Fields = ["id", "app", "at", "text"];

    private static readonly IReadOnlyList<(string Name, string Description)> ListParameters =
    [
        ("app", "Name of an app: its markers and those of all apps. Default: every marker."),
        ("from", "Inclusive start: ISO 8601 or milliseconds since 1970. Default: 24 hours before 'to'."),
        ("to", "Exclusive end. Default: now."),
    ];

    public static void MapRead(RouteGroupBuilder read) =>
        read.MapGet("/markers", ListAsync)
            .WithName("markers")
            .WithSummary("Deploys and incidents of a range, oldest first; the newest 1000.")
            .Produces<MarkerList>()
            .AddOpenApiOperationTransformer((operation, _, _) => ParameterDocs.Add(operation, ListParameters, required: []));

    public static void MapEdit(RouteGroupBuilder edit) =>
        edit.MapPost("/markers", AddAsync)
            .WithName("addMarker")
            .WithSummary("A marker from text, app (default: all), at (default: now) and id (a UUID; the same one again changes nothing).")
            .Produces<Marker>(StatusCodes.Status201Created);

    private static async Task<IResult> ListAsync(HttpRequest request, IMarkerReader markers, TimeProvider clock, CancellationToken cancellationToken)
    {
        // A marker of this very moment belongs to a list that ends now.
        var to = QueryParameters.ReadTime(request.Query, "to") ?? clock.GetUtcNow().AddTicks(TimeSpan.TicksPerMicrosecond);
        var from = QueryParameters.ReadTime(request.Query, "from") ?? to - DefaultRange;
        var list = await markers.ListAsync(QueryParameters.Single(request.Query, "app"), from, to, cancellationToken);
        return TypedResults.Json(new MarkerList(from, to, list), VitalsRoutes.Json);
    }

    private static async Task<IResult> AddAsync(HttpRequest request, MarkerStore markers, TimeProvider clock, CancellationToken cancellationToken)
    {
        var fields = await RequestFields.ReadAsync(request, Fields, cancellationToken);
        var marker = new Marker(
            IdOf(fields.Text("id", MaxNameLength)),
            fields.Text("app", MaxNameLength),
            Checked(fields.Time("at"), clock.GetUtcNow()),
            fields.Text("text", Marker.MaxTextLength) ?? throw new InvalidParameterException("text", "", "what happened; it is required"));
        await markers.AddAsync(marker, cancellationToken);
        return TypedResults.Json(marker, VitalsRoutes.Json, statusCode: StatusCodes.Status201Created);
    }

    private static Guid IdOf(string? text) =>
        text is null ? Guid.CreateVersion7()
        : Guid.TryParse(text, out var id) ? id
        : throw new InvalidParameterException("id", text, "a UUID");

    private static DateTimeOffset Checked(DateTimeOffset? asked, DateTimeOffset now)
    {
        var at = (asked ?? now).ToUniversalTime();
        // Postgres keeps microseconds; the answer says what was kept.
        at = at.AddTicks(-(at.UtcTicks % TimeSpan.TicksPerMicrosecond));
        return at <= now + MaxAhead ? at : throw new InvalidParameterException("at", $"{at:O}", $"a time at most {MaxAhead.TotalDays:0} days ahead");
    }
}
