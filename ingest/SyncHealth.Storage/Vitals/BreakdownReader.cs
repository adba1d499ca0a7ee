using System.Data;
using Npgsql;

namespace SyncHealth.Storage.Vitals;

/// <summary>Answers from the side tables of the rollups (migrations 11 and 12): core dimensions over any range of hours, others from raw events.</summary>
public sealed class BreakdownReader(NpgsqlDataSource dataSource) : IBreakdownReader
{
    private static readonly string SideRange = SqlFile.Beside<BreakdownReader>("SideRange");
    private static readonly string ErrorCounts = SqlFile.Beside<BreakdownReader>("ErrorCounts");
    private static readonly string ConflictMix = SqlFile.Beside<BreakdownReader>("ConflictMix");

    /// <inheritdoc/>
    public async Task<ErrorAnswer?> ReadErrorsAsync(VitalsQuery query, CancellationToken cancellationToken) =>
        await ReadAllErrorsAsync([query], cancellationToken) is [var answer] ? answer : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ErrorAnswer>?> ReadAllErrorsAsync(IReadOnlyList<VitalsQuery> queries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queries);
        foreach (var query in queries)
            Check(query);
        if (queries.Count == 0)
            return [];
        VitalsReader.RequireOneSnapshot(queries);

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        if (await VitalsReader.FindAppAsync(connection, queries[0].App, cancellationToken) is null)
            return null;
        var ranges = await VitalsReader.ReadRangesAsync(connection, SideRange, queries, cancellationToken);
        var rows = new IReadOnlyList<ErrorRow>[queries.Count];
        var batch = new QueryBatch(connection);
        foreach (var (i, query) in queries.Index())
            batch.Add<ErrorRow>(ErrorCounts, VitalsReader.CountParameters(query, ranges[i]), read => rows[i] = read);
        await batch.RunAsync(cancellationToken);
        return [.. queries.Select((query, i) => AnswerOf(query, ranges[i], rows[i]))];
    }

    private static ErrorAnswer AnswerOf(VitalsQuery query, CountedRange range, IReadOnlyList<ErrorRow> rows) => new(
        query.App, VitalsReader.Utc(range.Lo), VitalsReader.Utc(range.Hi),
        [.. rows.OrderBy(row => row.GroupKey, GroupOrder.Instance)
            .Select(row => new ErrorShare(GroupOrder.ByOf(query.By, row.GroupKey), VitalsReader.Utc(row.At), row.Kind, row.Code, row.Attempts))]);

    /// <summary>The errors of a question inside a snapshot that is open already.</summary>
    internal static async Task<IReadOnlyList<ErrorRow>> ReadErrorsAsync(NpgsqlConnection connection, VitalsQuery query, CancellationToken cancellationToken)
    {
        var range = await VitalsReader.ReadRangeAsync(connection, SideRange, query, cancellationToken);
        return await VitalsReader.QueryAsync<ErrorRow>(connection, ErrorCounts, VitalsReader.Arguments(query, range), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ConflictAnswer?> ReadConflictsAsync(VitalsQuery query, CancellationToken cancellationToken) =>
        await ReadAsync<ConflictRow>(query, ConflictMix, cancellationToken) is not { } read
            ? null
            : new ConflictAnswer(query.App, VitalsReader.Utc(read.Range.Lo), VitalsReader.Utc(read.Range.Hi),
                [.. read.Rows.OrderBy(row => row.GroupKey, GroupOrder.Instance)
                    .Select(row => new ConflictShare(
                        GroupOrder.ByOf(query.By, row.GroupKey), VitalsReader.Utc(row.At), row.Entity, row.Kind, row.Strategy, row.Winner, row.Conflicts, row.Discarded))]);

    private static void Check(VitalsQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        Dimensions.Check(query);
        PointGrid.Of(query);
    }

    /// <summary>The rows of a question in one snapshot, and the bounds they cover; null for an unknown app.</summary>
    private async Task<(CountedRange Range, IReadOnlyList<T> Rows)?> ReadAsync<T>(VitalsQuery query, string sql, CancellationToken cancellationToken)
    {
        Check(query);

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        if (await VitalsReader.FindAppAsync(connection, query.App, cancellationToken) is null)
            return null;
        var range = await VitalsReader.ReadRangeAsync(connection, SideRange, query, cancellationToken);
        return (range, await VitalsReader.QueryAsync<T>(connection, sql, VitalsReader.Arguments(query, range), cancellationToken));
    }
}
