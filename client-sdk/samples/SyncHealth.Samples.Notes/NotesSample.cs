using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Dashboard.Devices;
using SyncHealth.Samples.Notes.Phones;

namespace SyncHealth.Samples.Notes;

/// <summary>A notes app on real sync engines, at <c>/try</c> of a dashboard. For the demo: it knows no login, and every visitor shares the phones.</summary>
public static class NotesSample
{
    /// <summary>App under which the phones report.</summary>
    public const string App = "try";

    /// <summary>Registers the phones. The dashboard needs this assembly in its <c>Pages</c>.</summary>
    public static IServiceCollection AddNotesSample(this IServiceCollection services, NotesSampleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.AddSingleton(options);
        services.AddSingleton<PhoneShelf>();
        services.AddSingleton<IDeviceHome>(provider => provider.GetRequiredService<PhoneShelf>());
        services.AddHostedService(provider => provider.GetRequiredService<PhoneShelf>());
        return services;
    }

    /// <summary>Maps the script of the page's gesture.</summary>
    public static IEndpointRouteBuilder MapNotesSample(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/try/pull.js", static () => Results.Text(SampleFile.Text("pull.js"), "text/javascript"));
        return routes;
    }
}
