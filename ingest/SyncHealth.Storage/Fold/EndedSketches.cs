using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Fold;

/// <summary>
/// Writes the sketches of hours, days and margins that are over in their shortest form: a fold appends, and compacts only what is long and halves. Numbers do not depend
/// on it. Any number of processes may run it; while another one folds, it waits for its next round.
/// </summary>
internal static class EndedSketches
{
    /// <summary>Shorter ones have next to no bucket twice.</summary>
    private const int LeastBytes = 128;

    /// <summary>A row is written anew when it saves this part of its sketches.</summary>
    private const int WorthShare = 5;

    /// <summary>Rows of one table in a round, the longest first: bounds memory, and how long a fold waits.</summary>
    private const int MaxRows = 20_000;

    /// <summary>How long after its end a row is looked at: by then most of what is late has been appended to it.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromHours(13);

    private static readonly string TryLock = SqlFile.Beside<CoreFold>("TryLock");
    private static readonly string List = SqlFile.Beside<CoreFold>("ListEndedSketches");
    private static readonly string ListMargins = SqlFile.Beside<CoreFold>("ListEndedMargins");

    /// <summary>Rows by segment, by how long they count; minutes and fine hours are packed soon.</summary>
    private static readonly (string Table, TimeSpan Length)[] Tables = [("rollup_hour", TimeSpan.FromHours(1)), ("rollup_fine_day", TimeSpan.FromDays(1))];

    /// <summary>Grains of margins likewise.</summary>
    private static readonly (short Grain, TimeSpan Length)[] Grains = [(1, TimeSpan.FromMinutes(5)), (2, TimeSpan.FromHours(1)), (3, TimeSpan.FromDays(1))];

    /// <summary>Shortens what is over at <paramref name="now"/>; returns how many rows.</summary>
    public static async Task<int> CompactAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var total = 0;
        foreach (var (table, length) in Tables)
            total += await InFoldAsync(connection, transaction => RowsAsync(transaction, table, Ended(now, length), cancellationToken), cancellationToken);
        foreach (var (grain, length) in Grains)
            total += await InFoldAsync(connection, transaction => MarginsAsync(transaction, grain, Ended(now, length), cancellationToken), cancellationToken);
        return total;
    }

    /// <summary>0 when another process folds.</summary>
    private static async Task<int> InFoldAsync(NpgsqlConnection connection, Func<NpgsqlTransaction, Task<int>> compact, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(TryLock, new { Key = FoldLoop.LockKey }, transaction, cancellationToken: cancellationToken)))
            return 0;
        var rows = await compact(transaction);
        await transaction.CommitAsync(cancellationToken);
        return rows;
    }

    private static async Task<int> RowsAsync(NpgsqlTransaction transaction, string table, (DateTime From, DateTime Before) ended, CancellationToken cancellationToken)
    {
        var rows = await transaction.Connection!.QueryAsync<GrownRow>(new CommandDefinition(
            List, new { Table = table, ended.From, ended.Before, LeastBytes, MaxRows }, transaction, cancellationToken: cancellationToken));
        var worth = Worth(rows, row => CompactSketches.Of(row.SuccessSketch, row.OtherSketch, WorthShare));
        if (worth.Count > 0)
            await CoreFold.CompactAsync(transaction, table, worth, cancellationToken);
        return worth.Count;
    }

    private static async Task<int> MarginsAsync(NpgsqlTransaction transaction, short grain, (DateTime From, DateTime Before) ended, CancellationToken cancellationToken)
    {
        var rows = await transaction.Connection!.QueryAsync<GrownMargin>(new CommandDefinition(
            ListMargins, new { Grain = grain, ended.From, ended.Before, LeastBytes, MaxRows }, transaction, cancellationToken: cancellationToken));
        var worth = Worth(rows, row => CompactSketches.Of(row.SuccessSketch, row.OtherSketch, WorthShare));
        if (worth.Count > 0)
            await MarginFold.CompactAsync(transaction, grain, worth, cancellationToken);
        return worth.Count;
    }

    private static List<(T Row, CompactSketches? Sketches)> Worth<T>(IEnumerable<T> rows, Func<T, CompactSketches?> compact) =>
        [.. rows.Select(row => (row, compact(row))).Where(pair => pair.Item2 is not null)];

    /// <summary>Bounds of the starts of what ended in the time before <paramref name="now"/>.</summary>
    private static (DateTime From, DateTime Before) Ended(DateTimeOffset now, TimeSpan length) =>
        ((now - LookBack - length).UtcDateTime, (now - length).UtcDateTime);
}
