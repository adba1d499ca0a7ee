using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SyncHealth.Api.Alerts;
using SyncHealth.Api.Apps;
using SyncHealth.Api.Causes;
using SyncHealth.Api.Detectors;
using SyncHealth.Api.Devices;
using SyncHealth.Api.Diagnosis;
using SyncHealth.Api.Erasure;
using SyncHealth.Api.Keys;
using SyncHealth.Api.Markers;
using SyncHealth.Api.Presence;
using SyncHealth.Api.Receivers;
using SyncHealth.Api.Releases;
using SyncHealth.Api.Silences;
using SyncHealth.Api.Users;
using SyncHealth.Api.Work;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Api;

/// <summary>The read API as a part of a host. Storage is registered apart.</summary>
public static class ApiServices
{
    /// <summary>Adds what the read routes need. Takes <see cref="TimeProvider"/> from the container if present. Repeatable.</summary>
    /// <exception cref="ArgumentException">An option is invalid; the message names the key to set.</exception>
    public static IServiceCollection AddSyncHealthApi(this IServiceCollection services, ApiOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(options);
        services.TryAddSingleton<TokenAccess>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMetricsSource, VitalsMetrics>());
        services.AddOpenApi("v1", openApi => openApi.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "SyncHealth";
            document.Info.Description = "How offline-first sync is doing across a device fleet. Definitions: docs/semantics.md.";
            return Task.CompletedTask;
        }));
        return services;
    }

    /// <summary>Maps <c>/api/v1/vitals</c>, <c>/api/v1/distribution</c>, <c>/api/v1/devices</c>, <c>/api/v1/releases</c>, <c>/api/v1/causes</c>, <c>/api/v1/alerts</c>, <c>/api/v1/silences</c>, <c>/api/v1/markers</c>, <c>/api/v1/receivers</c>, the admin routes and <c>/openapi/v1.json</c>.</summary>
    /// <param name="routes">Where to map them.</param>
    /// <param name="mapMore">Maps more routes into the group under <c>/api/v1</c>, whose access and problems hold for them; null for none.</param>
    public static IEndpointRouteBuilder MapSyncHealthApi(this IEndpointRouteBuilder routes, Action<RouteGroupBuilder>? mapMore = null)
    {
        ArgumentNullException.ThrowIfNull(routes);
        routes.MapOpenApi("/openapi/{documentName}.json");

        var access = routes.ServiceProvider.GetRequiredService<TokenAccess>();
        var read = Group(routes, access, AccessLevel.Read);
        VitalsRoutes.Map(read);
        DeviceRoutes.Map(read);
        WorkRoutes.Map(read);
        PresenceRoutes.Map(read);
        FreshnessRoutes.Map(read);
        DetectorRoutes.Map(read);
        TimelineRoutes.Map(read);
        CauseRoutes.Map(read);
        AlertRoutes.Map(read);
        ReleaseRoutes.Map(read);
        mapMore?.Invoke(read);
        MarkerRoutes.MapRead(read);
        ReceiverRoutes.MapRead(read);
        SilenceRoutes.MapRead(read);
        var edit = Group(routes, access, AccessLevel.Edit);
        MarkerRoutes.MapEdit(edit);
        ReceiverRoutes.MapEdit(edit);
        SilenceRoutes.MapEdit(edit);
        AlertRoutes.MapEdit(edit);
        var administer = Group(routes, access, AccessLevel.Administer);
        KeyRoutes.Map(administer);
        ErasureRoutes.Map(administer);
        AppRoutes.Map(administer);
        UserRoutes.Map(administer);
        DiagnosisRoutes.Map(administer);
        return routes;
    }

    private static RouteGroupBuilder Group(IEndpointRouteBuilder routes, TokenAccess access, AccessLevel level) => routes.MapGroup("/api/v1")
        .AddEndpointFilter(access.Require(level))
        .AddEndpointFilter(ChangeGuard.RequireAsync)
        .AddEndpointFilter(Problems.CatchAsync)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
