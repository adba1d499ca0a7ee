using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SyncHealth.Client.Hosting;

/// <summary>Registers <see cref="SyncTelemetry"/> and <see cref="ISyncLogger"/> as one instance of the container's.</summary>
public static class SyncHealthServiceCollectionExtensions
{
    /// <summary>Adds the telemetry with options set in code. A second call changes nothing.</summary>
    /// <remarks>
    /// The telemetry starts when it is first asked for, takes the <see cref="TimeProvider"/> of the container if there is one, and is flushed when the container is disposed,
    /// which a host does on shutdown.
    /// </remarks>
    /// <exception cref="ArgumentException">An option is missing or out of its range; the message begins with its name.</exception>
    public static IServiceCollection AddSyncHealth(this IServiceCollection services, Action<SyncTelemetryOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new SyncTelemetryOptions();
        configure(options);
        Check(options, "");
        return Add(services, options);
    }

    /// <summary>Adds the telemetry with options from the section <c>SyncHealth</c>, then from <paramref name="configure"/>. A second call changes nothing.</summary>
    /// <remarks>Keys are the names of <see cref="SyncTelemetryOptions"/>; times are written <c>d.hh:mm:ss</c>. See the other overload for start and shutdown.</remarks>
    /// <exception cref="ArgumentException">A key is unknown or its value is not usable; the message begins with the key.</exception>
    public static IServiceCollection AddSyncHealth(this IServiceCollection services, IConfiguration configuration, Action<SyncTelemetryOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var options = new SyncTelemetryOptions();
        OptionsReader.Read(configuration.GetSection(OptionsReader.Section), options);
        configure?.Invoke(options);
        Check(options, OptionsReader.Section + ":");
        return Add(services, options);
    }

    private static void Check(SyncTelemetryOptions options, string prefix)
    {
        if (OptionsCheck.Problems(options).FirstOrDefault() is { } problem)
            throw new ArgumentException(prefix + problem, nameof(options));
    }

    private static IServiceCollection Add(IServiceCollection services, SyncTelemetryOptions options)
    {
        services.TryAddSingleton(provider =>
        {
            if (options.TimeProvider == TimeProvider.System && provider.GetService<TimeProvider>() is { } clock)
                options.TimeProvider = clock;
            return SyncTelemetry.Create(options);
        });
        services.TryAddSingleton<ISyncLogger>(provider => provider.GetRequiredService<SyncTelemetry>());
        return services;
    }
}
