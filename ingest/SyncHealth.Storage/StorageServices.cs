using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SyncHealth.Storage.Accounts;
using SyncHealth.Storage.Alerts;
using SyncHealth.Storage.Apps;
using SyncHealth.Storage.Causes;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Diagnosis;
using SyncHealth.Storage.Erasure;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Intake;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.Markers;
using SyncHealth.Storage.Migrations;
using SyncHealth.Storage.Processes;
using SyncHealth.Storage.Retention;
using SyncHealth.Storage.ServerLog;
using SyncHealth.Storage.Verdicts;
using SyncHealth.Storage.Vitals;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Storage;

/// <summary>Registers storage in a container.</summary>
public static class StorageServices
{
    private const string AnyStatement = "select 1";

    /// <summary>Adds the database, the writer, keys and the loops. Takes <see cref="TimeProvider"/> and loggers from the container if present. Repeatable.</summary>
    /// <remarks>Before serving, the host runs the migrator and <see cref="Installation.VerifyAsync"/>; the ingest role also hosts the loops.</remarks>
    /// <exception cref="ArgumentException">An option is invalid; the message names the key to set.</exception>
    public static IServiceCollection AddSyncHealthStorage(this IServiceCollection services, StorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();

        services.TryAddSingleton(TimeProvider.System);
        services.TryAdd(ServiceDescriptor.Singleton(typeof(ILogger<>), typeof(NullLogger<>)));
        services.TryAddSingleton(options);
        services.TryAddSingleton(_ => BuildDataSource(options.ConnectionString));
        services.TryAddSingleton(_ => new DeviceKeyHasher(DeviceKeySecret.ReadOrCreate(options.DeviceKeyFile)));
        services.TryAddSingleton<Installation>();
        services.TryAddSingleton<SchemaProbe>();
        services.TryAddSingleton<SchemaSetup>();
        services.TryAddSingleton(provider => new KeyStore(provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<TimeProvider>(), TimeProvider.System));
        services.TryAddSingleton<KeyUse>();
        services.TryAddSingleton<IntakeTallies>();
        services.TryAddSingleton<IKeyFinder>(provider => provider.GetRequiredService<KeyStore>());
        services.TryAddSingleton<AccountStore>();
        services.TryAddSingleton<InvitationStore>();
        services.TryAddSingleton<SessionStore>();
        services.TryAddSingleton<AppSettingStore>();
        services.TryAddSingleton<MarkerStore>();
        services.TryAddSingleton<IMarkerReader>(provider => provider.GetRequiredService<MarkerStore>());
        services.TryAddSingleton<ProcessRegistry>();
        services.TryAddSingleton<InstallationReader>();
        services.TryAddSingleton<Erasures>();
        services.TryAddSingleton<BatchWriter>();
        services.TryAddSingleton<IEventWriter>(provider => provider.GetRequiredService<BatchWriter>());
        services.TryAddSingleton<ServerLogWriter>();
        services.TryAddSingleton<IVitalsReader, VitalsReader>();
        services.TryAddSingleton<IBreakdownReader, BreakdownReader>();
        services.TryAddSingleton<ICauseReader, CauseReader>();
        services.TryAddSingleton<IDurationReader, DurationReader>();
        services.TryAddSingleton<IAppReader, AppReader>();
        services.TryAddSingleton<IDimensionReader, DimensionReader>();
        services.TryAddSingleton<IDeviceReader, DeviceReader>();
        services.TryAddSingleton<IWorkAtRiskReader, WorkAtRiskReader>();
        services.TryAddSingleton<ReleaseReader>();
        services.TryAddSingleton<IVerdictReader, VerdictReader>();
        services.TryAddSingleton<IInstallBaseReader, InstallBaseReader>();
        services.TryAddSingleton<GapReader>();
        services.TryAddSingleton<IGapReader>(provider => provider.GetRequiredService<GapReader>());
        services.TryAddSingleton<IIntakeReader, IntakeReader>();
        services.TryAddSingleton<IDeviceDirectory, DeviceDirectory>();
        services.TryAddSingleton<IWorkReader, WorkReader>();
        services.TryAddSingleton<PresenceReader>();
        services.TryAddSingleton<IFreshnessReader, FreshnessReader>();
        services.TryAddSingleton<IPresenceReader>(provider => provider.GetRequiredService<PresenceReader>());
        services.TryAddSingleton<IDetectorReader, DetectorReader>();
        services.TryAddSingleton<IDrainReader, DrainReader>();
        services.AddAlertStorage();
        services.TryAddSingleton<FleetSnapshotLoop>();
        services.TryAddSingleton<FoldLoop>();
        services.TryAddSingleton<RollupRebuild>();
        services.TryAddSingleton<MaintenanceLoop>();
        return services;
    }

    /// <summary>Every session commits synchronously, whatever the server's or the role's default is: an acknowledgement means durable.</summary>
    /// <summary>
    /// A session that goes back to the pool forgets its settings, locks and temporary tables, but not its plans: the driver says so (and not <c>discard all</c>) where it has
    /// prepared a statement, whatever that is. A page asks a dozen functions of a dozen statements each, and each page used to have them planned anew.
    /// </summary>
    private static NpgsqlDataSource BuildDataSource(string connectionString)
    {
        var settings = new NpgsqlDataSourceBuilder(connectionString);
        settings.ConnectionStringBuilder.Options = $"{settings.ConnectionStringBuilder.Options} -c synchronous_commit=on".TrimStart();
        settings.UsePhysicalConnectionInitializer(
            connection =>
            {
                using var any = new NpgsqlCommand(AnyStatement, connection);
                any.Prepare();
            },
            async connection =>
            {
                await using var any = new NpgsqlCommand(AnyStatement, connection);
                await any.PrepareAsync();
            });
        return settings.Build();
    }
}
