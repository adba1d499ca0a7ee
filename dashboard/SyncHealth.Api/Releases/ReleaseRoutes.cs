using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SyncHealth.Storage.Verdicts;

namespace SyncHealth.Api.Releases;

/// <summary><c>GET /api/v1/releases</c> and <c>/api/v1/releases/{version}/verdict</c>: who runs what, and whether it is worse than what was there before.</summary>
internal static class ReleaseRoutes
{
    /// <summary>Names listed in an error: enough to find a slip of the pen.</summary>
    private const int MostNamed = 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static void Map(RouteGroupBuilder read)
    {
        read.MapGet("/releases", ReadReleasesAsync)
            .WithName("releases")
            .WithSummary("Every release with its devices and its stage: rolling out, adopted or replaced.")
            .Produces<ReleaseList>()
            .AddOpenApiOperationTransformer((operation, _, _) => ParameterDocs.Add(operation, ReleaseParameters.OfReleases));
        read.MapGet("/releases/{version}/verdict", ReadVerdictAsync)
            .WithName("verdict")
            .WithSummary("Whether a release is worse than its baseline, over all devices and per system and network.")
            .Produces<VerdictView>()
            .AddOpenApiOperationTransformer((operation, _, _) =>
            {
                var path = operation.Parameters;
                ParameterDocs.Add(operation, ReleaseParameters.OfVerdict);
                operation.Parameters = [.. path ?? [], .. operation.Parameters!];
                return Task.CompletedTask;
            });
    }

    private static async Task<IResult> ReadReleasesAsync(HttpRequest request, IInstallBaseReader installs, TimeProvider clock, CancellationToken cancellationToken)
    {
        var app = QueryParameters.ReadApp(request.Query);
        var kind = ReleaseParameters.ReadKind(request.Query, ReleaseKind.Version);
        var now = clock.GetUtcNow();
        return await installs.ReadAsync(app, kind, now, QueryParameters.ReadFilters(request.Query), cancellationToken) is { } found
            ? TypedResults.Json(new ReleaseList(app, now, ReleaseParameters.NameOf(kind), found.OneDeviceIn, found.Releases), Json)
            : Problems.UnknownApp(app);
    }

    private static async Task<IResult> ReadVerdictAsync(string version, HttpRequest request, IVerdictReader verdicts, TimeProvider clock, CancellationToken cancellationToken)
    {
        var app = QueryParameters.ReadApp(request.Query);
        var kind = ReleaseParameters.ReadKind(request.Query, version.Contains('+', StringComparison.Ordinal) ? ReleaseKind.Build : ReleaseKind.Version);
        var question = new VerdictQuestion(app, version, kind, clock.GetUtcNow())
        {
            Baseline = QueryParameters.Single(request.Query, "baseline"),
            Filters = QueryParameters.ReadFilters(request.Query),
        };
        return await verdicts.ReadAsync(question, cancellationToken) switch
        {
            null => Problems.UnknownApp(app),
            { Answer: { } answer } => TypedResults.Json(VerdictView.Of(question, answer), Json),
            var other => UnknownRelease(app, other.Known.Contains(version) ? question.Baseline! : version, other.Known),
        };
    }

    private static ProblemHttpResult UnknownRelease(string app, string name, IReadOnlyList<string> known) => Problems.Of(
        StatusCodes.Status404NotFound, "unknown_release",
        $"No device of '{app}' has run '{name}'. {(known.Count == 0 ? "No release is known yet." : $"Known: {string.Join(", ", known.TakeLast(MostNamed))}.")}");
}
