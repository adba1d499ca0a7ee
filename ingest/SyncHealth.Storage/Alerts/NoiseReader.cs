using Npgsql;

namespace SyncHealth.Storage.Alerts;

/// <summary>Reads how alerting itself went: what was noise, what came late, and what never arrived.</summary>
public sealed class NoiseReader(NpgsqlDataSource dataSource)
{
    private static readonly string RuleNoise = SqlFile.Beside<NoiseReader>("RuleNoise");
    private static readonly string LateBreaches = SqlFile.Beside<NoiseReader>("LateBreaches");
    private static readonly string CountLost = SqlFile.Beside<NoiseReader>("CountLost");

    /// <summary>Rules of an app with incidents that began in [<paramref name="from"/>, <paramref name="to"/>) or are open at its end, by name.</summary>
    public async Task<IReadOnlyList<AlertNoise>> ReadAsync(string app, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var command = Command(RuleNoise, app, from, to);
        return await command.ReadAllAsync(
            row => new AlertNoise(
                row.GetString(0), (int)row.GetInt64(1), (int)row.GetInt64(2), (int)row.GetInt64(3), (int)row.GetInt64(4), (int)row.GetInt64(5),
                row.IsDBNull(6) ? null : row.GetDouble(6)),
            cancellationToken);
    }

    /// <summary>Messages that never arrived, by receiver.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountLostAsync(string app, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var command = Command(CountLost, app, from, to);
        return (await command.ReadAllAsync(row => (Receiver: row.GetString(0), Count: (int)row.GetInt64(1)), cancellationToken)).ToDictionary(row => row.Receiver, row => row.Count);
    }

    /// <summary>Breaches of an app that late data showed, oldest first, at most <paramref name="limit"/>.</summary>
    public async Task<IReadOnlyList<LoggedLateBreach>> ListLateAsync(string app, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken)
    {
        await using var command = Command(LateBreaches, app, from, to);
        command.Parameters.AddWithValue("limit", limit);
        return await command.ReadAllAsync(row => new LoggedLateBreach(row.GetString(0), Segment.Parse(row.GetString(1)), row.GetString(2), row.GetString(3)), cancellationToken);
    }

    private NpgsqlCommand Command(string sql, string app, DateTimeOffset from, DateTimeOffset to)
    {
        var command = dataSource.CreateCommand(sql);
        command.Parameters.AddWithValue("app", app);
        command.Parameters.AddWithValue("from", from.ToUniversalTime());
        command.Parameters.AddWithValue("to", to.ToUniversalTime());
        return command;
    }
}
