using Npgsql;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Storage.Migrations;

/// <summary>Makes sure, before a program serves, that the database has this program's schema and belongs to this installation's secret.</summary>
public sealed class SchemaSetup(NpgsqlDataSource dataSource, SchemaProbe probe, Installation installation, TimeProvider clock)
{
    /// <summary>How long a role waits for somebody else's <c>migrate</c>, in real time: longer than a migration, shorter than patience.</summary>
    public static readonly TimeSpan MigrateTimeout = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Migrates and claims the database; returns the numbers of the migrations that were applied.</summary>
    /// <exception cref="SchemaMismatchException">The schema is newer than this program, or an applied migration was changed.</exception>
    /// <exception cref="DeviceSecretMismatchException">The database belongs to another secret.</exception>
    public async Task<IReadOnlyList<int>> MigrateAsync(CancellationToken cancellationToken)
    {
        var applied = await Migrator.MigrateAsync(dataSource, clock.GetUtcNow(), cancellationToken);
        await installation.VerifyAsync(cancellationToken);
        return applied;
    }

    /// <summary>Waits until somebody has migrated the database to this program's schema, then checks the secret.</summary>
    /// <exception cref="SchemaMismatchException">That did not happen in time.</exception>
    /// <exception cref="DeviceSecretMismatchException">The database belongs to another secret.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        // Real time: a database does not start faster because the shared clock does.
        var start = TimeProvider.System.GetTimestamp();
        while (await probe.ProbeAsync(ProbeTimeout, cancellationToken) != SchemaState.Current)
        {
            if (TimeProvider.System.GetElapsedTime(start) > MigrateTimeout)
                throw new SchemaMismatchException("The database is away or does not have this program's schema. Run `synchealth migrate` against it, then start again.");
            await Task.Delay(PollInterval, TimeProvider.System, cancellationToken);
        }

        await installation.VerifyAsync(cancellationToken);
    }
}
