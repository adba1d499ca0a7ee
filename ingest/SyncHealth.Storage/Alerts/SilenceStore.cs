using Npgsql;

namespace SyncHealth.Storage.Alerts;

/// <summary>Silences in the database. The evaluator reads them at every round.</summary>
public sealed class SilenceStore(NpgsqlDataSource dataSource)
{
    private static readonly string InsertSilence = SqlFile.Beside<SilenceStore>("InsertSilence");
    private static readonly string ListSilences = SqlFile.Beside<SilenceStore>("ListSilences");
    private static readonly string EndSilence = SqlFile.Beside<SilenceStore>("EndSilence");
    private static readonly string ListSilenceTargets = SqlFile.Beside<SilenceStore>("ListSilenceTargets");

    /// <summary>Keeps a silence; the same id again changes nothing.</summary>
    public async Task AddAsync(StoredSilence silence, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(silence);
        await using var command = dataSource.CreateCommand(InsertSilence);
        command.Parameters.AddWithValue("id", silence.Id);
        command.Parameters.AddWithValue("matchers", silence.Matchers.ToArray());
        command.Parameters.AddWithValue("reason", silence.Reason);
        command.Parameters.AddWithValue("created_by", silence.CreatedBy);
        command.Parameters.AddWithValue("created_at", silence.CreatedAt.ToUniversalTime());
        command.Parameters.AddWithValue("starts_at", silence.StartsAt.ToUniversalTime());
        command.Parameters.AddWithValue("ends_at", silence.EndsAt.ToUniversalTime());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Silences that end after a moment, the next to end first.</summary>
    public async Task<IReadOnlyList<StoredSilence>> ListAsync(DateTimeOffset endingAfter, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ListSilences);
        command.Parameters.AddWithValue("ending_after", endingAfter.ToUniversalTime());
        return await command.ReadAllAsync(
            row => new StoredSilence(
                row.GetGuid(0), row.GetFieldValue<string[]>(1), row.GetString(2), row.GetString(3),
                row.GetFieldValue<DateTimeOffset>(4), row.GetFieldValue<DateTimeOffset>(5), row.GetFieldValue<DateTimeOffset>(6)),
            cancellationToken);
    }

    /// <summary>Ends a silence now; false when there is none that could still hold.</summary>
    public async Task<bool> EndAsync(Guid id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(EndSilence);
        command.Parameters.AddWithValue("id", id);
        command.Parameters.AddWithValue("now", now.ToUniversalTime());
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>All that a silence may hold for: every instance, then every loaded rule.</summary>
    public async Task<IReadOnlyList<SilenceTarget>> ListTargetsAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ListSilenceTargets);
        return await command.ReadAllAsync(
            row => new SilenceTarget(
                row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), Segment.Parse(row.GetString(2)), row.IsDBNull(3) ? null : row.GetString(3), Segment.Parse(row.GetString(4))),
            cancellationToken);
    }
}
