using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SyncHealth.Storage.Releases;

namespace SyncHealth.Storage.Alerts;

/// <summary>Registers the alerting part of storage.</summary>
public static class AlertStorageServices
{
    /// <summary>Adds inputs, store, outbox, silences, acknowledgements and the readers over the container's data source. Repeatable.</summary>
    public static IServiceCollection AddAlertStorage(this IServiceCollection services)
    {
        services.TryAddSingleton<AlertInputs>();
        services.TryAddSingleton<AlertStore>();
        services.TryAddSingleton<AlertOutbox>();
        services.TryAddSingleton<SilenceStore>();
        services.TryAddSingleton<AcknowledgementStore>();
        services.TryAddSingleton<ReceiverStore>();
        services.TryAddSingleton<ReceiverTestStore>();
        services.TryAddSingleton<AlertHealthStore>();
        services.TryAddSingleton<IngestSignReader>();
        services.TryAddSingleton<ReleaseNotices>();
        services.TryAddSingleton<NoiseReader>();
        services.TryAddSingleton<IAlertReader, AlertReader>();
        services.TryAddSingleton<IAlertLog, AlertLog>();
        return services;
    }
}
