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
        await ReadAsync<ErrorRow>(query, ErrorCounts, cancellationToken) is not { } read
            ? null
            : new ErrorAnswer(query.App, VitalsReader.Utc(read.Range.Lo), VitalsReader.Utc(read.Range.Hi),
                [.. read.Rows.OrderBy(row => row.GroupKey, GroupOrder.Instance)
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

    /// <summary>The rows of a question in one snapshot, and the bounds they cover; null for an unknown app.</summary>
    private async Task<(CountedRange Range, IReadOnlyList<T> Rows)?> ReadAsync<T>(VitalsQuery query, string sql, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        Dimensions.Check(query);
        PointGrid.Of(query);

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        if (await VitalsReader.FindAppAsync(connection, query.App, cancellationToken) is null)
            return null;
        var range = await VitalsReader.ReadRangeAsync(connection, SideRange, query, cancellationToken);
        return (range, await VitalsReader.QueryAsync<T>(connection, sql, VitalsReader.Arguments(query, range), cancellationToken));
    }
}
