using Npgsql;

namespace SyncHealth.Storage.Alerts;

/// <summary>Reads whether ingest lives.</summary>
public sealed class IngestSignReader(NpgsqlDataSource dataSource)
{
    private static readonly string IngestSigns = SqlFile.Beside<IngestSignReader>("IngestSigns");

    /// <summary>The signs at <paramref name="now"/>.</summary>
    /// <param name="silence">How long a living process may say nothing.</param>
    /// <param name="window">How long nothing must have arrived.</param>
    /// <param name="before">How long before that devices are counted.</param>
    /// <param name="now">Shared clock.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    public async Task<IngestSigns> ReadAsync(TimeSpan silence, TimeSpan window, TimeSpan before, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(IngestSigns);
        command.Parameters.AddWithValue("silence", silence);
        command.Parameters.AddWithValue("arrived_since", (now - window).ToUniversalTime());
        command.Parameters.AddWithValue("before_since", (now - window - before).ToUniversalTime());
        command.Parameters.AddWithValue("now", now.ToUniversalTime());
        return (await command.ReadAllAsync(row => new IngestSigns(row.GetBoolean(0), row.GetBoolean(1), row.GetBoolean(2), row.GetInt64(3)), cancellationToken)).Single();
    }
}
