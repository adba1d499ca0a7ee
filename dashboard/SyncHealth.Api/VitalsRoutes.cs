using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Api;

/// <summary><c>GET /api/v1/vitals</c> and <c>GET /api/v1/distribution</c>: parameters in, the reader's answer out, nothing computed here.</summary>
internal static class VitalsRoutes
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static void Map(RouteGroupBuilder read)
    {
        read.MapGet("/vitals", ReadVitalsAsync)
            .WithName("vitals")
            .WithSummary("The five vital signs per group and step.")
            .Produces<VitalsAnswer>()
            .AddOpenApiOperationTransformer((operation, _, _) => ParameterDocs.Add(operation, ParameterDocs.OfVitals));
        read.MapGet("/distribution", ReadDistributionAsync)
            .WithName("distribution")
            .WithSummary("Bucket counts of one metric over the same rows.")
            .Produces<DistributionAnswer>()
            .AddOpenApiOperationTransformer((operation, _, _) => ParameterDocs.Add(operation, ParameterDocs.OfDistribution));
    }

    private static async Task<IResult> ReadVitalsAsync(HttpRequest request, IVitalsReader reader, TimeProvider clock, CancellationToken cancellationToken)
    {
        var query = QueryParameters.ReadQuestion(request.Query, clock.GetUtcNow());
        return await reader.ReadAsync(query, cancellationToken) is { } answer
            ? TypedResults.Json(answer, Json)
            : Problems.UnknownApp(query.App);
    }

    private static async Task<IResult> ReadDistributionAsync(HttpRequest request, IVitalsReader reader, TimeProvider clock, CancellationToken cancellationToken)
    {
        var metric = QueryParameters.ReadMetric(request.Query);
        var query = QueryParameters.ReadQuestion(request.Query, clock.GetUtcNow());
        return await reader.ReadDistributionAsync(metric, query, cancellationToken) is { } answer
            ? TypedResults.Json(answer, Json)
            : Problems.UnknownApp(query.App);
    }
}
