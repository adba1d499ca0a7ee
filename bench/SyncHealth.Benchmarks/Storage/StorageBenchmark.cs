using Npgsql;
using SyncHealth.Benchmarks.Ingest;
using static System.FormattableString;

namespace SyncHealth.Benchmarks.Storage;

/// <summary>
/// Bytes on disk per event: everything that the pipeline keeps of it (raw rows, their indexes, rollups, devices, dictionaries), against a bare COPY of the
/// same events into the same partitioned, uniquely indexed table of another database.
/// </summary>
internal sealed class StorageBenchmark(BenchmarkDatabase database, BenchmarkSetting setting, TextWriter output)
{
    private const int Slices = 10;
    private const int UploadsPerSlice = 300;
    private const double Events = Slices * UploadsPerSlice * SampleLoad.EventsPerBatch;

    private static readonly string Sizes = BenchmarkSql.Beside<StorageBenchmark>("Sizes");

    private readonly BenchmarkReport _report = new(output);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var bare = await BenchmarkDatabase.CreateAsync(setting.Server, cancellationToken);
        await using (var ingest = await IngestProcess.StartAsync(setting.Program, database, cancellationToken))
            await FillAsync(ingest, bare, cancellationToken);

        var kept = await SizesAsync(database.DataSource, cancellationToken);
        var copied = await SizesAsync(bare.DataSource, cancellationToken);
        await output.WriteLineAsync($"{Events:N0} events, {SampleLoad.EventsPerBatch} a request; bytes an event after the fold and a vacuum");
        foreach (var (table, (rows, indexes)) in kept.Where(table => table.Value.Rows + table.Value.Indexes > Events / 10))
            await _report.FigureAsync($"{table}: rows + indexes", (rows + indexes) / Events, "N1", Invariant($"{rows / Events:N1} + {indexes / Events:N1}"));
        var baseline = copied["event"].Rows + copied["event"].Indexes;
        await _report.FigureAsync("binary COPY alone: rows + index", [baseline / Events], "N1");
        await _report.CostAsync("everything / COPY", (double)kept.Values.Sum(table => table.Rows + table.Indexes) / baseline, "N2", ceiling: 1.3, aim: 1.0);
    }

    /// <summary>Slice by slice, as in service: the fold runs beside the intake and upserts what earlier slices left.</summary>
    private async Task FillAsync(IngestProcess ingest, BenchmarkDatabase bare, CancellationToken cancellationToken)
    {
        using var load = new LoadGenerator(ingest.Address, ingest.Key);
        await using var connection = await bare.DataSource.OpenConnectionAsync(cancellationToken);
        var copy = new CopyBaseline(connection);
        var lane = new Lane("JSON", Transport.Json);
        for (var slice = 0; slice < Slices; slice++)
        {
            await load.SendAsync(Transport.Json, lane.Uploads(slice, UploadsPerSlice), cancellationToken);
            var now = TimeProvider.System.GetUtcNow();
            await copy.RunAsync(CopyRows.Encode(new SampleLoad(slice, now).Batches(UploadsPerSlice), now), cancellationToken);
        }

        await database.DrainAsync(cancellationToken);
    }

    private static async Task<Dictionary<string, (long Rows, long Indexes)>> SizesAsync(NpgsqlDataSource server, CancellationToken cancellationToken)
    {
        // Plain vacuum: gives back what autovacuum would give back a minute later, and rewrites nothing.
        await using var vacuum = server.CreateCommand("vacuum");
        await vacuum.ExecuteNonQueryAsync(cancellationToken);
        await using var command = server.CreateCommand(Sizes);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var sizes = new Dictionary<string, (long, long)>();
        while (await rows.ReadAsync(cancellationToken))
            sizes.Add(rows.GetString(0), (rows.GetInt64(1), rows.GetInt64(2)));
        return sizes;
    }
}
