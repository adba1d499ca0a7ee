using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Alerting.Worker.Backtests;

/// <summary>Registers backtests apart from the evaluator: they belong to whoever serves the read routes.</summary>
public static class BacktestServices
{
    /// <summary>Adds what <see cref="BacktestRoutes"/> need. Storage is registered apart. Repeatable.</summary>
    public static IServiceCollection AddSyncHealthBacktests(this IServiceCollection services)
    {
        services.AddAlertStorage();
        services.TryAddSingleton<Backtest>();
        return services;
    }
}
