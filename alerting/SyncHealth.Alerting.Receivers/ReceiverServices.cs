using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace SyncHealth.Alerting.Receivers;

/// <summary>Registers the fakes in a container.</summary>
public static class ReceiverServices
{
    /// <summary>Adds the fakes; takes <see cref="TimeProvider"/> (the shared clock) from the container if present.</summary>
    public static IServiceCollection AddSyncHealthReceivers(this IServiceCollection services, ReceiverOptions? options = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(options ?? new ReceiverOptions());
        services.TryAddSingleton<FakeReceivers>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<FakeReceivers>().Smtp);
        return services;
    }
}
