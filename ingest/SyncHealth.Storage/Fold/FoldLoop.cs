using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace SyncHealth.Storage.Fold;

/// <summary>
/// Folds waiting increments into rollups and device state, about once a second. Any number of processes may run it: one folds at a time.
/// Numbers do not depend on it, because readers add unfolded increments; it keeps them few.
/// </summary>
/// <remarks>
/// Under load it rests between its statements (<see cref="FoldPace"/>): commits, which somebody waits for, get the processor first, and the more increments
/// a fold takes, the fewer rows it writes for each.
/// </remarks>
public sealed class FoldLoop(NpgsqlDataSource dataSource, StorageOptions options, TimeProvider clock, ILogger<FoldLoop> logger)
{
    /// <summary>
    /// Increments per transaction: bounds its memory (some 70 MB) and how long it holds its rows. Of increments spread over a day, twice as many
    /// touch one and a half times as many rows.
    /// </summary>
    internal const int MaxIncrements = 100_000;

    /// <summary>Increments of devices per transaction: each is a device's part of a batch, with its hours, and costs several times as much as one of the others.</summary>
    internal const int MaxDeviceIncrements = 20_000;

    /// <summary>Consumed increments after which their space is given back.</summary>
    private const int VacuumEvery = 50_000;

    /// <summary>Key of the fold's advisory lock; any constant of ours will do.</summary>
    internal const long LockKey = 0x53796E63466F6C64;

    /// <summary>Shortest real pause: on a fast shared clock a second is too short for a fold to be worth its transaction.</summary>
    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Real pause after a failure: the database may be away for long.</summary>
    private static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(1);

    private static readonly string TryLock = SqlFile.Beside<FoldLoop>("TryLock");
    private static readonly string Vacuum = SqlFile.Beside<FoldLoop>("VacuumIncrements");

    private readonly CoreFold _cores = new(options);
    private readonly FoldPace _pace = FoldPace.Resting(TimeProvider.System);
    private long _sinceVacuum;

    /// <summary>Folds until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var pause = await TryFoldAsync(cancellationToken) ? MinPause : FailurePause;
            await SharedInterval.WaitAsync(clock, options.FoldInterval, pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Folds everything that waits, without a rest, unless another process is at it. Returns the increments consumed.</summary>
    public Task<long> FoldAsync(CancellationToken cancellationToken) => FoldAsync(FoldPace.None, cancellationToken);

    private async Task<long> FoldAsync(FoldPace pace, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        long total = 0;
        for (var hasLeftSome = true; hasLeftSome;)
        {
            pace.Begin();
            var (cores, devices) = await FoldOnceAsync(connection, pace, cancellationToken);
            hasLeftSome = cores >= MaxIncrements || devices >= MaxDeviceIncrements;
            pace.Folded(hasLeftSome);
            await VacuumAsync(connection, Math.Max(cores, devices), cancellationToken);
            await pace.RestAsync(cancellationToken);
            total += Math.Max(cores, devices);
        }

        return total;
    }

    private async Task VacuumAsync(NpgsqlConnection connection, long folded, CancellationToken cancellationToken)
    {
        _sinceVacuum += folded;
        if (_sinceVacuum < VacuumEvery)
            return;
        await connection.ExecuteAsync(new CommandDefinition(Vacuum, cancellationToken: cancellationToken));
        _sinceVacuum = 0;
    }

    private async Task<(long Cores, long Devices)> FoldOnceAsync(NpgsqlConnection connection, FoldPace pace, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(TryLock, new { Key = LockKey }, transaction, cancellationToken: cancellationToken)))
            return (0, 0);
        var now = clock.GetUtcNow();
        var cores = await _cores.FoldAsync(transaction, MaxIncrements, now, pace, cancellationToken);
        var devices = await DeviceFold.FoldAsync(transaction, MaxDeviceIncrements, pace, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (cores, devices);
    }

    private async Task<bool> TryFoldAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FoldAsync(_pace, cancellationToken);
            return true;
        }
        catch (NpgsqlException exception)
        {
            Log.FoldFailed(logger, exception);
            return false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return true;
        }
    }
}
