using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Retention;

/// <summary>
/// Builds the identity index of a day's events anew once the day is settled. Events come in the order of time and their keys are hashes, so that
/// the index is written at random places and its pages stay two thirds full; built in order they are nine tenths full. Writers and readers go on meanwhile.
/// </summary>
internal sealed class EventIndexes(NpgsqlConnection connection)
{
    /// <summary>An entry takes 36 bytes: 40 in an index that was built in order, 52 to 60 in one written at random. Beyond this one, building it anew saves more than an eighth.</summary>
    private const int WorthBytes = 46;

    /// <summary>What a smaller index could save is not worth a rebuild: 1 MiB.</summary>
    private const long LeastBytes = 1 << 20;

    /// <summary>Key of the advisory lock; any constant of ours will do.</summary>
    internal const long LockKey = 0x53796E63496E6478;

    /// <summary>Most of what comes late has come by then; what comes later still finds room in a tenth of each page.</summary>
    internal static readonly TimeSpan Settled = TimeSpan.FromHours(12);

    private static readonly string LooseSql = SqlFile.Beside<EventIndexes>("ListLooseIndexes");
    private static readonly string BrokenSql = SqlFile.Beside<EventIndexes>("ListBrokenIndexes");
    private static readonly string LockSql = SqlFile.Beside<EventIndexes>("TryLock");
    private static readonly string UnlockSql = SqlFile.Beside<EventIndexes>("Unlock");

    /// <summary>Builds one index anew, that of the oldest settled day that is worth it at <paramref name="now"/>, unless another process is at it; and takes away what a killed one left.</summary>
    public async Task TightenAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(LockSql, new { Key = LockKey }, cancellationToken: cancellationToken)))
            return;
        try
        {
            foreach (var index in await connection.QueryAsync<string>(new CommandDefinition(BrokenSql, cancellationToken: cancellationToken)))
                await RunAsync($"drop index concurrently if exists {index}", cancellationToken);
            var loose = new { SettledBefore = (now - Settled).UtcDateTime, WorthBytes, LeastBytes };
            if (await connection.QueryFirstOrDefaultAsync<string>(new CommandDefinition(LooseSql, loose, cancellationToken: cancellationToken)) is { } worth)
                await RunAsync($"reindex index concurrently {worth}", cancellationToken);
        }
        finally
        {
            // A broken connection has let go of its locks already.
            if (connection.FullState == System.Data.ConnectionState.Open)
                await connection.ExecuteAsync(UnlockSql, new { Key = LockKey });
        }
    }

    /// <summary>A name, quoted by the catalog's own query, cannot be a parameter. As long as it takes: a cancelled rebuild is begun anew, the index in use is never touched.</summary>
    private Task<int> RunAsync(string command, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(command, commandTimeout: 0, cancellationToken: cancellationToken));
}
