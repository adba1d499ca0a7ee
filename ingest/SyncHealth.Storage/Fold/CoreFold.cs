using Dapper;
using Npgsql;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Fold;

/// <summary>Moves increments into the rollups of every grain, and compacts sketches that grew by concatenation.</summary>
internal sealed class CoreFold(StorageOptions options)
{
    /// <summary>
    /// Sketches of one row grow to this size before they are compacted: twice what the widest compact pair of them can take
    /// (924 buckets of 6 bytes each), so that compaction always pays and a row is read in one piece.
    /// </summary>
    private const int MaxSketchBytes = 2 * 2 * 924 * DurationSketch.PairBytes;

    private static readonly string Sql = SqlFile.Beside<CoreFold>("FoldCores");
    private static readonly string ArrivalsSql = SqlFile.Beside<CoreFold>("FoldArrivals");
    private static readonly string Compact = SqlFile.Beside<CoreFold>("CompactSketches");

    /// <summary>Folds at most <paramref name="limit"/> increments; returns how many.</summary>
    public Task<long> FoldAsync(NpgsqlTransaction transaction, int limit, DateTimeOffset now, CancellationToken cancellationToken) =>
        FoldAsync(Sql, transaction, limit, now, cancellationToken);

    /// <summary>Moves at most <paramref name="limit"/> old minutes of arrivals into their hours; returns how many.</summary>
    public Task<long> FoldArrivalsAsync(NpgsqlTransaction transaction, int limit, DateTimeOffset now, CancellationToken cancellationToken) =>
        FoldAsync(ArrivalsSql, transaction, limit, now, cancellationToken);

    private async Task<long> FoldAsync(string sql, NpgsqlTransaction transaction, int limit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var parameters = new { Limit = limit, MinutesFrom = options.MinutesFrom(now).UtcDateTime, MaxSketchBytes };
        var rows = (await transaction.Connection!.QueryAsync<GrownRow>(
            new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken))).AsList();
        var grown = rows.Where(row => row.Grain is not null).ToList();
        if (grown.Count > 0)
            await CompactAsync(transaction, grown, cancellationToken);
        return rows[0].Folded;
    }

    private static Task<int> CompactAsync(NpgsqlTransaction transaction, List<GrownRow> grown, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            Compact,
            new
            {
                Grains = grown.Select(row => row.Grain).ToArray(),
                CoreIds = grown.Select(row => row.CoreId).ToArray(),
                SegmentIds = grown.Select(row => row.SegmentId).ToArray(),
                PromotedIds = grown.Select(row => row.PromotedId).ToArray(),
                Ats = grown.Select(row => row.At).ToArray(),
                LagClasses = grown.Select(row => row.LagClass).ToArray(),
                SuccessSketches = grown.Select(row => Compacted(row.SuccessSketch)).ToArray(),
                OtherSketches = grown.Select(row => Compacted(row.OtherSketch)).ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken));

    private static byte[] Compacted(byte[]? encoded)
    {
        var sketch = new DurationSketch();
        sketch.Merge(encoded);
        return sketch.Encode();
    }
}
