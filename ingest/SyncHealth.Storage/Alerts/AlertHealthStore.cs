using Npgsql;

namespace SyncHealth.Storage.Alerts;

/// <summary>How alerting itself is doing: written by whoever evaluates, read by whoever is asked, also when the evaluator is gone.</summary>
public sealed class AlertHealthStore(NpgsqlDataSource dataSource)
{
    private static readonly string RecordRound = SqlFile.Beside<AlertHealthStore>("RecordRound");
    private static readonly string ReadHealth = SqlFile.Beside<AlertHealthStore>("ReadHealth");

    /// <summary>Adds to what was counted; with a completed round among it, <paramref name="wallNow"/> is its end.</summary>
    public async Task RecordAsync(RoundCounts counts, DateTimeOffset wallNow, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(RecordRound);
        command.Parameters.AddWithValue("at", wallNow.ToUniversalTime());
        command.Parameters.AddWithValue("rounds", counts.Rounds);
        command.Parameters.AddWithValue("missed", counts.Missed);
        command.Parameters.AddWithValue("wording_failures", counts.WordingFailures);
        command.Parameters.AddWithValue("heartbeats", counts.Heartbeats);
        command.Parameters.AddWithValue("heartbeat_failures", counts.HeartbeatFailures);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>How it is doing; null before the first round.</summary>
    public async Task<AlertHealth?> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ReadHealth);
        return (await command.ReadAllAsync(
            row => new AlertHealth(
                row.GetFieldValue<DateTimeOffset>(0), new RoundCounts(row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5))),
            cancellationToken)).SingleOrDefault();
    }
}
