using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SyncHealth.SyncServer.Endpoints;
using SyncHealth.SyncServer.Reporting;
using SyncHealth.SyncServer.Store;

namespace SyncHealth.SyncServer;

/// <summary>Adds the reference notes server to an application.</summary>
public static class NotesServerExtensions
{
    /// <summary>Registers the server; its schema is migrated when the application starts.</summary>
    /// <exception cref="ArgumentException">An option is missing or wrong; the message names the configuration key.</exception>
    public static IServiceCollection AddNotesServer(this IServiceCollection services, NotesServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(options);
        services.TryAddSingleton<NotesStore>();
        services.TryAddSingleton<SyncLog>();
        services.AddHostedService<RetentionLoop>();
        if (options.SyncLogEndpoint is not null)
            services.AddHostedService<SyncLogSender>();
        return services;
    }

    /// <summary>Maps <c>GET {prefix}/changes</c>, <c>POST {prefix}/changes</c> and <c>POST {prefix}/sync</c>.</summary>
    public static IEndpointRouteBuilder MapNotesServer(this IEndpointRouteBuilder routes, string prefix)
    {
        var group = routes.MapGroup(prefix);
        group.MapGet("/changes", ChangesEndpoint.HandleAsync);
        group.MapPost("/changes", VersionMapEndpoint.HandleAsync);
        group.MapPost("/sync", PushEndpoint.HandleAsync);
        return routes;
    }
}
