using Dapper;
using Npgsql;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Storage.Erasure;

/// <summary>
/// Erases devices and users everywhere, while others write, fold and read: first the tombstone, from which on no process writes anything of them, then the
/// rows. Repeating it is harmless; what a break left undone, maintenance finishes.
/// </summary>
/// <remarks>Counts in rollups stay: they are sums over many devices and name none.</remarks>
public sealed class Erasures(NpgsqlDataSource dataSource, TimeProvider clock)
{
    /// <summary>Tries of one step: retention may delete the same rows in another order.</summary>
    private const int MaxTries = 5;

    /// <summary>How old an unfinished erasure is before somebody else takes it up: whoever began it is done or dead by then.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(2);

    private static readonly string HoldWriters = SqlFile.Beside<Erasures>("HoldWriters");
    private static readonly string BuryDevice = SqlFile.Beside<Erasures>("BuryDevice");
    private static readonly string BuryUser = SqlFile.Beside<Erasures>("BuryUser");
    private static readonly string HoldPartitions = SqlFile.Beside<Erasures>("HoldPartitions");
    private static readonly string EraseEvents = SqlFile.Beside<Erasures>("EraseEvents");
    private static readonly string EraseUserEvents = SqlFile.Beside<Erasures>("EraseUserEvents");
    private static readonly string HoldFolds = SqlFile.Beside<Erasures>("HoldFolds");
    private static readonly string EraseFolded = SqlFile.Beside<Erasures>("EraseFolded");
    private static readonly string Finish = SqlFile.Beside<Erasures>("FinishErasure");
    private static readonly string ListUnfinished = SqlFile.Beside<Erasures>("ListUnfinished");

    /// <summary>Erases one device of <paramref name="app"/>, known or not: what is still on its way is refused when it comes.</summary>
    public Task<ErasureResult> EraseDeviceAsync(string app, long deviceKey, CancellationToken cancellationToken) =>
        EraseAsync(ErasureKind.Device, app, BuryDevice, deviceKey, cancellationToken);

    /// <summary>Erases a user of <paramref name="app"/>: the devices whose latest report names them, and every event that does, on whatever device.</summary>
    public Task<ErasureResult> EraseUserAsync(string app, long userKey, CancellationToken cancellationToken) =>
        EraseAsync(ErasureKind.User, app, BuryUser, userKey, cancellationToken);

    /// <summary>Finishes what a break left undone; returns the keys that are done now.</summary>
    public async Task<int> ResumeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var left = (await connection.QueryAsync<BuriedKey>(new CommandDefinition(
            ListUnfinished, new { Before = (clock.GetUtcNow() - Abandoned).UtcDateTime }, cancellationToken: cancellationToken))).AsList();
        if (left.Count > 0)
            await DeleteAsync(connection, left, null, "resumed", cancellationToken);
        return left.Count;
    }

    private async Task<ErasureResult> EraseAsync(ErasureKind kind, string app, string bury, long key, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        List<BuriedKey> buried;
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            await ExecuteAsync(transaction, HoldWriters, new { Key = ErasedKeys.WritersLock }, cancellationToken);
            buried = (await transaction.Connection!.QueryAsync<BuriedKey>(new CommandDefinition(
                bury, new { App = app, Key = key, Now = clock.GetUtcNow().UtcDateTime }, transaction, commandTimeout: 0, cancellationToken: cancellationToken))).AsList();
            await transaction.CommitAsync(cancellationToken);
        }

        var rows = await DeleteAsync(connection, buried, app, kind == ErasureKind.User ? "user" : "device", cancellationToken);
        return new ErasureResult(kind, rows.Devices, rows.Events, rows.OtherRows, clock.GetUtcNow());
    }

    /// <summary>Events first: whoever rebuilds from them meanwhile fills the tables that are emptied next, and no others.</summary>
    private async Task<ErasedRows> DeleteAsync(NpgsqlConnection connection, List<BuriedKey> buried, string? app, string recordedAs, CancellationToken cancellationToken)
    {
        var devices = KeysOf(buried, "device");
        var users = KeysOf(buried, "user");
        var events = await RetryAsync(connection, async transaction =>
        {
            await ExecuteAsync(transaction, HoldPartitions, null, cancellationToken);
            var rows = await StepAsync(transaction, EraseEvents, devices, users, cancellationToken);
            return users.Length == 0 ? rows : rows + await StepAsync(transaction, EraseUserEvents, devices, users, cancellationToken);
        }, cancellationToken);
        return await RetryAsync(connection, async transaction =>
        {
            await ExecuteAsync(transaction, HoldFolds, new { Fold = FoldLoop.LockKey, Hours = DeviceHourFold.LockKey }, cancellationToken);
            var rows = events + await StepAsync(transaction, EraseFolded, devices, users, cancellationToken);
            await ExecuteAsync(transaction, Finish, new
            {
                Devices = devices, Users = users, App = app, Kind = recordedAs, DeviceCount = rows.Devices, EventCount = rows.Events, RowCount = rows.OtherRows, Now = clock.GetUtcNow().UtcDateTime,
            }, cancellationToken);
            return rows;
        }, cancellationToken);
    }

    private static long[] KeysOf(List<BuriedKey> buried, string kind) => [.. buried.Where(key => key.Kind == kind).Select(key => key.Key)];

    private static async Task<ErasedRows> RetryAsync(NpgsqlConnection connection, Func<NpgsqlTransaction, Task<ErasedRows>> step, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                var rows = await step(transaction);
                await transaction.CommitAsync(cancellationToken);
                return rows;
            }
            catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DeadlockDetected && attempt < MaxTries)
            {
                // Rolled back whole; the other one is through.
                continue;
            }
        }
    }

    private static Task<ErasedRows> StepAsync(NpgsqlTransaction transaction, string sql, long[] devices, long[] users, CancellationToken cancellationToken) =>
        transaction.Connection!.QuerySingleAsync<ErasedRows>(new CommandDefinition(
            sql, new { Devices = devices, Users = users }, transaction, commandTimeout: 0, cancellationToken: cancellationToken));

    private static Task<int> ExecuteAsync(NpgsqlTransaction transaction, string sql, object? parameters, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, commandTimeout: 0, cancellationToken: cancellationToken));
}
