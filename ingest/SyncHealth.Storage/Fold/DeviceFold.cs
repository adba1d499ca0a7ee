using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Fold;

/// <summary>Moves device increments into the devices' last known state and their active hours.</summary>
internal static class DeviceFold
{
    private static readonly string Sql = SqlFile.Beside<CoreFold>("FoldDevices");

    /// <summary>Folds at most <paramref name="limit"/> increments; returns how many.</summary>
    public static Task<long> FoldAsync(NpgsqlTransaction transaction, int limit, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteScalarAsync<long>(
            new CommandDefinition(Sql, new { Limit = limit }, transaction, cancellationToken: cancellationToken));
}
