using System.Data.Common;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace SyncHealth.Storage.Writes;

/// <summary>
/// Commits groups on one connection. A repeat moves its requests to the other lane, a collision with another writer or with a partition that is
/// being made is tried again, a request whose data cannot be stored is cut out of its group: none of them costs the others their commit.
/// </summary>
internal sealed class GroupCommitter(EventDictionaries dictionaries, ILogger logger)
{
    /// <summary>Tries of one group: a repeat costs one, and each race with another writer one more. Partitions cost none: there are no more of them than days.</summary>
    private const int MaxTries = 5;

    /// <summary>Holds the rows of every day without a partition of its own, and gives them up when the day gets one.</summary>
    private const string DefaultPartition = "event_default";

    private readonly GroupTransaction _transaction = new();

    /// <summary>Commits <paramref name="requests"/> and completes those that were committed or can never be.</summary>
    /// <exception cref="NpgsqlException">The database is away or failing; requests not completed are not known to be durable.</exception>
    public async Task CommitAsync(NpgsqlConnection connection, IReadOnlyList<WriteRequest> requests, CancellationToken cancellationToken)
    {
        try
        {
            var receipts = await CommitTogetherAsync(connection, requests, cancellationToken);
            for (var i = 0; i < receipts.Length; i++)
                requests[i].Complete(receipts[i]);
        }
        catch (Exception exception) when (IsFaultOfData(exception) && requests.Count > 1)
        {
            var half = requests.Count / 2;
            await CommitAsync(connection, [.. requests.Take(half)], cancellationToken);
            await CommitAsync(connection, [.. requests.Skip(half)], cancellationToken);
        }
        catch (Exception exception) when (IsFaultOfData(exception))
        {
            Log.BatchRefused(logger, requests[0].Batch.Events.Count, exception);
            requests[0].Fail(WriteStatus.Unavailable);
        }
    }

    private async Task<WriteReceipt[]> CommitTogetherAsync(
        NpgsqlConnection connection, IReadOnlyList<WriteRequest> requests, CancellationToken cancellationToken)
    {
        var rows = new GroupRow[requests.Sum(request => request.Batch.Events.Count)];
        await dictionaries.ResolveAsync(connection, requests, rows, cancellationToken);
        var group = WriteGroup.Build(requests, rows);
        for (var attempt = 1; ;)
        {
            try
            {
                return await _transaction.CommitAsync(connection, group, cancellationToken);
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation && attempt < MaxTries)
            {
                await MoveRepeatsAsync(connection, group, attempt++, cancellationToken);
            }
            catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure && attempt < MaxTries)
            {
                // Rolled back whole; the other writer is through, so the next try meets free rows.
                attempt++;
            }
            catch (PostgresException exception) when (IsNewPartition(exception))
            {
                // The partition of the row's day is there now, so the next try finds it.
                continue;
            }
        }
    }

    /// <summary>At first only the requests that hold repeats; when a concurrent writer still gets in between, all of them.</summary>
    private static async Task MoveRepeatsAsync(NpgsqlConnection connection, WriteGroup group, int attempt, CancellationToken cancellationToken)
    {
        if (attempt == 1)
            await ResendLane.StageKnownAsync(connection, group, cancellationToken);
        else
            foreach (var request in group.Requests)
                request.IsStaged = true;
    }

    /// <summary>
    /// A row that was on its way into the default partition waited there while maintenance made a partition of its day, and then broke the bounds that the
    /// default one has since. Bounds are checks without a name; checks of ours have one.
    /// </summary>
    private static bool IsNewPartition(PostgresException exception) =>
        exception is { SqlState: PostgresErrorCodes.CheckViolation, TableName: DefaultPartition, ConstraintName: null };

    /// <summary>What Postgres refuses (data exceptions, broken constraints, names beyond its limits) and what cannot even be encoded: trying again cannot help.</summary>
    private static bool IsFaultOfData(Exception exception) => exception is PostgresException refusal
        ? refusal.SqlState[..2] is "22" or "23" or "54"
        : exception is not (DbException or IOException or TimeoutException or OperationCanceledException);
}
