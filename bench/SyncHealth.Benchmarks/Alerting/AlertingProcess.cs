using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Alerting.Worker;
using SyncHealth.Storage;

namespace SyncHealth.Benchmarks.Alerting;

/// <summary>Alerting as a process of its own has it.</summary>
internal static class AlertingProcess
{
    public static ServiceProvider Create(BenchmarkDatabase database, TimeProvider wall, string rules, AlertingFakes? fakes = null)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, rules);
            var options = new AlertingOptions { RulesFile = file, AllowPrivateTargets = true, DeliveryClock = wall };
            foreach (var receiver in fakes?.Receivers ?? [])
                options.Receivers.Add(receiver);
            var services = new ServiceCollection();
            services.AddSingleton(TimeProvider.System);
            services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
            services.AddSyncHealthStorage(new StorageOptions { ConnectionString = database.ConnectionString, DeviceKeyFile = "unused" });
            services.AddSyncHealthAlerting(options);
            return services.BuildServiceProvider();
        }
        finally
        {
            File.Delete(file);
        }
    }
}
