using Npgsql;
using SyncHealth.Benchmarks.Ingest;
using static System.FormattableString;

namespace SyncHealth.Benchmarks.Storage;

/// <summary>
/// Bytes on disk per event: everything that the pipeline keeps of it (raw rows, their indexes, rollups, devices, dictionaries), against a bare COPY of the
/// same rows in the same order into the same partitioned, uniquely indexed table of another database; and again when minutes have gone over into hours.
/// </summary>
internal sealed class StorageBenchmark(BenchmarkDatabase database, BenchmarkSetting setting, IStorageLoad load, TextWriter output)
{
    /// <summary>Tables that take less than this share of a byte an event are left out of the table.</summary>
    private const double LeastShown = 0.1;

    private const int ChunkBytes = 1 << 20;

    private static readonly string Sizes = BenchmarkSql.Beside<StorageBenchmark>("Sizes");
    private static readonly string ReadEvents = BenchmarkSql.Beside<StorageBenchmark>("ReadEvents");
    private static readonly string RewriteAged = BenchmarkSql.Beside<StorageBenchmark>("RewriteAged");

    private readonly BenchmarkReport _report = new(output);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await load.FillAsync(database, cancellationToken);
        var kept = await SizesAsync(database.DataSource, cancellationToken);
        var baseline = await CopiedAsync(cancellationToken);
        await output.WriteLineAsync($"{load.Description}; bytes an event after the fold and a vacuum");
        await ReportAsync(kept);
        await _report.FigureAsync("binary COPY alone: rows + index", [baseline], "N1");
        await _report.CostAsync("everything / COPY", PerEvent(kept) / baseline, "N2", ceiling: 1.3, aim: 1.0);

        await load.AgeAsync(database, cancellationToken);
        await ExecuteAsync(database.DataSource, RewriteAged, cancellationToken);
        var aged = await SizesAsync(database.DataSource, cancellationToken);
        await output.WriteLineAsync("  the same when minutes have gone over into hours (48 hours later), tables that lost rows written anew");
        await ReportAsync(aged);
        await _report.CostAsync("everything / COPY", PerEvent(aged) / baseline, "N2", ceiling: 1.3, aim: 1.0);
    }

    private async Task ReportAsync(Dictionary<string, (long Rows, long Indexes)> sizes)
    {
        foreach (var (table, (rows, indexes)) in sizes.Where(table => table.Value.Rows + table.Value.Indexes > load.Events * LeastShown))
            await _report.FigureAsync(
                $"{table}: rows + indexes", (rows + indexes) / (double)load.Events, "N1", Invariant($"{rows / (double)load.Events:N1} + {indexes / (double)load.Events:N1}"));
        await _report.FigureAsync("everything", [PerEvent(sizes)], "N1");
    }

    private double PerEvent(Dictionary<string, (long Rows, long Indexes)> sizes) =>
        sizes.Values.Sum(table => table.Rows + table.Indexes) / (double)load.Events;

    /// <summary>Bytes an event of the same rows, in the order in which they were written, copied into an empty table.</summary>
    private async Task<double> CopiedAsync(CancellationToken cancellationToken)
    {
        await using var bare = await BenchmarkDatabase.CreateAsync(setting.Server, cancellationToken);
        await using (var from = await database.DataSource.OpenConnectionAsync(cancellationToken))
        await using (var to = await bare.DataSource.OpenConnectionAsync(cancellationToken))
        await using (var rows = await from.BeginRawBinaryCopyAsync(ReadEvents, cancellationToken))
        await using (var copy = await to.BeginRawBinaryCopyAsync(BenchmarkSql.Beside<CopyBaseline>("CopyEvents"), cancellationToken))
            await rows.CopyToAsync(copy, ChunkBytes, cancellationToken);
        var (table, index) = (await SizesAsync(bare.DataSource, cancellationToken))["event"];
        return (table + index) / (double)load.Events;
    }

    private static async Task<Dictionary<string, (long Rows, long Indexes)>> SizesAsync(NpgsqlDataSource server, CancellationToken cancellationToken)
    {
        // Plain vacuum: gives back what autovacuum would give back a minute later, and rewrites nothing.
        await ExecuteAsync(server, "vacuum", cancellationToken);
        await using var command = server.CreateCommand(Sizes);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var sizes = new Dictionary<string, (long, long)>();
        while (await rows.ReadAsync(cancellationToken))
            sizes.Add(rows.GetString(0), (rows.GetInt64(1), rows.GetInt64(2)));
        return sizes;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource server, string sql, CancellationToken cancellationToken)
    {
        await using var command = server.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
