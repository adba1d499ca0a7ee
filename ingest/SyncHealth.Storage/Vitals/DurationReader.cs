using System.Data;
using Npgsql;

namespace SyncHealth.Storage.Vitals;

/// <summary>Reads the sketches behind the vital signs, point by point.</summary>
public sealed class DurationReader(NpgsqlDataSource dataSource) : IDurationReader
{
    private static readonly string CountedRangeSql = SqlFile.Beside<DurationReader>("CountedRange");

    /// <inheritdoc/>
    public async Task<DurationAnswer?> ReadDurationsAsync(VitalsQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var whole = query with { By = [] };
        Dimensions.Check(whole);
        PointGrid.Of(whole);

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        if (await VitalsReader.FindAppAsync(connection, whole.App, cancellationToken) is null)
            return null;
        var range = await VitalsReader.ReadRangeAsync(connection, CountedRangeSql, whole, cancellationToken);
        var rows = await VitalsReader.ReadCountsAsync(connection, whole, range, cancellationToken);
        return new DurationAnswer(whole.App, VitalsReader.Utc(range.Lo), VitalsReader.Utc(range.Hi),
            [.. rows.OrderBy(row => row.At).Select(row => new DurationSlice(VitalsReader.Utc(row.At), Buckets(row.SuccessSketch), Buckets(row.OtherSketch)))]);
    }

    private static IReadOnlyList<DistributionBucket> Buckets(ReadOnlyMemory<byte> sketch) =>
        DistributionScale.Of(DistributionMetric.Duration).Bucket(
            Sketches.Merged(sketch).Buckets.Select(pair => (DurationSketch.ValueOf(pair.Bucket), pair.Count)));
}
