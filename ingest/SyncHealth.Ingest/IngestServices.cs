using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.ObjectPool;
using SyncHealth.Ingest.Events;
using SyncHealth.Ingest.Health;
using SyncHealth.Ingest.Intake;
using SyncHealth.Ingest.Keys;
using SyncHealth.Ingest.Limits;
using SyncHealth.Ingest.Otlp;
using SyncHealth.Ingest.ServerLog;
using SyncHealth.Storage.Alerts;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Ingest;

/// <summary>Registers and maps the ingest edge. Needs storage in the same container.</summary>
public static class IngestServices
{
    /// <summary>Adds the ingest edge. Takes <see cref="TimeProvider"/> from the container: the clock that events are held against. Repeatable.</summary>
    /// <exception cref="ArgumentException">An option is invalid; the message names the key to set.</exception>
    public static IServiceCollection AddSyncHealthIngest(this IServiceCollection services, IngestOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(options);
        services.TryAddSingleton(new InFlightBytes(options.MaxBodyBytesInFlight));
        services.TryAddSingleton<EventBudget>();
        services.TryAddSingleton(new DefaultObjectPoolProvider().Create<DecodedBatch>());
        services.TryAddSingleton<BodyReader>();
        services.Replace(ServiceDescriptor.Singleton<IMemoryPoolFactory<byte>, ReceiveBlockFactory>());
        services.TryAddSingleton<RequestGate>();
        services.TryAddSingleton<RecentBatches>();
        services.TryAddSingleton<BatchRequests>();
        services.TryAddSingleton<OriginPolicy>();
        services.TryAddSingleton<IngestMetrics>();
        services.TryAddSingleton<EventIntake>();
        services.TryAddSingleton<IngestPipeline>();
        services.TryAddSingleton<Committer>();
        services.TryAddSingleton<EventsEndpoint>();
        services.TryAddSingleton<LogsEndpoint>();
        services.TryAddSingleton<ServerLogIntake>();
        services.TryAddSingleton<ServerLogEndpoint>();
        services.TryAddSingleton<Readiness>();
        services.TryAddSingleton<HealthEndpoints>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMetricsSource, IngestMetricsSource>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMetricsSource, DiskMetricsSource>());
        services.AddAlertStorage();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMetricsSource, AlertMetricsSource>());
        services.TryAddSingleton<MetricsEndpoint>();
        services.AddHostedService<StorageLoops>();
        services.AddHostedService<ProcessHeartbeat>();
        return services;
    }

    /// <summary>Maps <c>/v1/events</c> and <c>/v1/logs</c>, each with its CORS preflight, <c>/v1/server-log</c>, which servers call, <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c>.</summary>
    public static IEndpointRouteBuilder MapSyncHealthIngest(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var services = app.ServiceProvider;
        var origins = services.GetRequiredService<OriginPolicy>();
        app.MapPost("/v1/events", (RequestDelegate)services.GetRequiredService<EventsEndpoint>().HandleAsync);
        app.MapPost("/v1/logs", (RequestDelegate)services.GetRequiredService<LogsEndpoint>().HandleAsync);
        app.MapPost("/v1/server-log", (RequestDelegate)services.GetRequiredService<ServerLogEndpoint>().HandleAsync);
        app.MapMethods("/v1/events", [HttpMethods.Options], (RequestDelegate)origins.AnswerPreflightAsync);
        app.MapMethods("/v1/logs", [HttpMethods.Options], (RequestDelegate)origins.AnswerPreflightAsync);
        app.MapGet("/healthz", (RequestDelegate)HealthEndpoints.LiveAsync);
        app.MapGet("/readyz", (RequestDelegate)services.GetRequiredService<HealthEndpoints>().ReadyAsync);
        app.MapGet("/metrics", (RequestDelegate)services.GetRequiredService<MetricsEndpoint>().HandleAsync);
        return app;
    }
}
