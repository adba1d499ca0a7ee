using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SyncHealth.Storage.Causes;

namespace SyncHealth.Api.Causes;

/// <summary><c>GET /api/v1/causes</c>: what explains a drop of the success rate. The overview shows the same.</summary>
internal static class CauseRoutes
{
    private static readonly IReadOnlyList<(string Name, string Description)> Parameters =
    [
        ("app", "Name of the app. Required."),
        ("from", "Inclusive start of the drop, floored to the hour: ISO 8601 or milliseconds since 1970. Default: 24 hours before 'to'."),
        ("to", "Exclusive end, ceiled to the hour. Default: now."),
        ("since", "Instead of 'from': how far before 'to' to start, such as 1h or 7d."),
        ("before", "Start of what it is compared with, up to 'from'. Default: as long before 'from' as the drop is long, one hour at least."),
        ("filter", "dimension:value; may be repeated: one dimension twice means either, different dimensions mean both."),
    ];

    public static void Map(RouteGroupBuilder read) =>
        read.MapGet("/causes", ReadAsync)
            .WithName("causes")
            .WithSummary("The segments and errors that explain a drop of the success rate; none when no single dimension does.")
            .Produces<CauseView>()
            .AddOpenApiOperationTransformer((operation, _, _) => ParameterDocs.Add(operation, Parameters));

    private static async Task<IResult> ReadAsync(HttpRequest request, ICauseReader reader, TimeProvider clock, CancellationToken cancellationToken)
    {
        var asked = QueryParameters.ReadQuestion(request.Query, clock.GetUtcNow());
        var length = asked.To - asked.From;
        var query = new CauseQuery
        {
            App = asked.App,
            BeforeFrom = QueryParameters.ReadTime(request.Query, "before") ?? asked.From - (length > TimeSpan.FromHours(1) ? length : TimeSpan.FromHours(1)),
            BeforeTo = asked.From,
            From = asked.From,
            To = asked.To,
            Now = asked.Now,
            Filters = asked.Filters,
        };
        return await reader.ReadAsync(query, cancellationToken) is { } answer
            ? TypedResults.Json(CauseView.Of(answer), VitalsRoutes.Json)
            : Problems.UnknownApp(query.App);
    }
}
