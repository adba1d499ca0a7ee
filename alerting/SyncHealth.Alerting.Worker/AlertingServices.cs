using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Worker.Channels;
using SyncHealth.Alerting.Worker.Configuration;
using SyncHealth.Alerting.Worker.Digests;
using SyncHealth.Alerting.Worker.Evaluator;
using SyncHealth.Alerting.Worker.Health;
using SyncHealth.Alerting.Worker.Outbox;
using SyncHealth.Alerting.Worker.Releases;
using SyncHealth.Alerting.Worker.Runbooks;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Alerting.Worker;

/// <summary>Registers alerting in a container.</summary>
public static class AlertingServices
{
    /// <summary>Adds the evaluator and the senders as hosted services. Needs storage, loggers and a <see cref="TimeProvider"/> (the shared clock) in the container.</summary>
    /// <exception cref="AlertingConfigurationException">Options, rules or receivers are wrong; the message says what to set.</exception>
    public static IServiceCollection AddSyncHealthAlerting(this IServiceCollection services, AlertingOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        var files = SetupFiles.Read(options);
        var setup = AlertingSetup.Load(options);

        services.TryAddSingleton(TimeProvider.System);
        services.AddAlertStorage();
        services.AddSingleton(options);
        services.AddSingleton(provider => new SetupInForce(options, files, setup, provider.GetRequiredService<ILogger<SetupInForce>>()));
        services.AddTransient(provider => provider.GetRequiredService<SetupInForce>().Current);
        services.AddSingleton(_ => new MessageLinks(options.DashboardUrl, Runbook.Names));
        services.AddSingleton<AlertingCounters>();
        services.AddSingleton(provider => new MessageComposer(provider.GetRequiredService<MessageLinks>(), failure =>
        {
            provider.GetRequiredService<AlertingCounters>().CountWordingFailure();
            Log.WordingFailed(provider.GetRequiredService<ILogger<MessageComposer>>(), failure);
        }));
        services.AddSingleton(_ => new ChannelHttp(options.CreateHandler?.Invoke() ?? ChannelHttp.CreateHandler(options.AllowPrivateTargets), options.DeliveryClock) { Guard = new TargetGuard(options.AllowPrivateTargets) });
        services.AddSingleton(_ => new RetrySchedule(new Random(RandomNumberGenerator.GetInt32(int.MaxValue))));
        services.AddSingleton<ReleaseReadings>();
        services.AddSingleton<ContextReader>();
        services.AddSingleton<AlertMemory>();
        services.AddSingleton<AlertRouting>();
        services.AddSingleton<AlertSaving>();
        services.AddSingleton<GroupTelling>();
        services.AddSingleton<DigestReading>();
        services.AddSingleton<DigestTelling>();
        services.AddSingleton<AlertEvaluator>();
        services.AddSingleton<ReceiverPublication>();
        services.AddSingleton<ReceiverTesting>();
        services.AddSingleton<RoundWatch>();
        services.AddSingleton<Heartbeat>();
        services.AddSingleton<IngestWatch>();
        services.AddSingleton<SetupWatch>();
        services.AddSingleton<Senders>();
        services.AddSingleton<IHostedService, EvaluationLoop>();
        services.AddSingleton<IHostedService, SendingLoop>();
        services.AddSingleton<ReleaseWatch>();
        services.AddSingleton<IHostedService, ReleaseLoop>();
        return services;
    }
}
