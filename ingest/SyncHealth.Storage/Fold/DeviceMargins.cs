using Dapper;
using Npgsql;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Fold;

/// <summary>Compacts margins of device sets, which grow by joining. Numbers do not depend on it; one process is at it at a time, and none while hours are moved.</summary>
internal static class DeviceMargins
{
    /// <summary>Margins of one transaction: one that a migration joined may have some megabytes.</summary>
    private const int MaxRows = 100;

    private static readonly string TryLock = SqlFile.Beside<CoreFold>("TryLock");
    private static readonly string ListGrown = SqlFile.Beside<CoreFold>("ListGrownDeviceMargins");
    private static readonly string Compact = SqlFile.Beside<CoreFold>("CompactDeviceMargins");

    /// <summary>Compacts all that have grown, unless another process is at it.</summary>
    public static async Task CompactAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        while (await CompactOnceAsync(connection, cancellationToken) == MaxRows)
            cancellationToken.ThrowIfCancellationRequested();
    }

    private static async Task<int> CompactOnceAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(TryLock, new { Key = DeviceHourFold.LockKey }, transaction, cancellationToken: cancellationToken)))
            return 0;
        var grown = (await connection.QueryAsync<GrownDeviceMargin>(new CommandDefinition(
            ListGrown, new { Limit = MaxRows }, transaction, cancellationToken: cancellationToken))).AsList();
        if (grown.Count == 0)
            return 0;
        var compact = grown.ConvertAll(row => DeviceSet.Compacted(row.Keys, row.Registers));
        await connection.ExecuteAsync(new CommandDefinition(
            Compact,
            new
            {
                Apps = grown.Select(row => row.AppId).ToArray(),
                Dimensions = grown.Select(row => row.Dimension).ToArray(),
                Grains = grown.Select(row => row.Grain).ToArray(),
                Ats = grown.Select(row => row.At).ToArray(),
                Environments = grown.Select(row => row.Environment).ToArray(),
                Values = grown.Select(row => row.Value).ToArray(),
                Keys = compact.Select(set => set.Keys).ToArray(),
                Registers = compact.Select(set => set.Registers).ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return grown.Count;
    }
}
