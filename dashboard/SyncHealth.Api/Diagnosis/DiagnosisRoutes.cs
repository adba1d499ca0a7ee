using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SyncHealth.Storage.Diagnosis;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Api.Diagnosis;

/// <summary><c>GET /api/v1/doctor</c>: sizes, lags and settings, and what someone should change.</summary>
internal static class DiagnosisRoutes
{
    public static void Map(RouteGroupBuilder administer) =>
        administer.MapGet("/doctor", ReadAsync)
            .WithName("doctor")
            .WithSummary("Sizes, lags and settings of the installation, and one finding with its remedy for each thing to change.")
            .Produces<InstallationReport>();

    private static async Task<IResult> ReadAsync(InstallationReader reader, DeviceKeyHasher hasher, CancellationToken cancellationToken) =>
        TypedResults.Json(await reader.ReadAsync(hasher.Fingerprint, cancellationToken), VitalsRoutes.Json);
}
