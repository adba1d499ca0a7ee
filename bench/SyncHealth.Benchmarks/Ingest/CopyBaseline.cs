using Npgsql;

namespace SyncHealth.Benchmarks.Ingest;

/// <summary>The baseline: ready-made rows by one binary COPY into the same partitioned, uniquely indexed table, and nothing else. What Postgres itself can take.</summary>
internal sealed class CopyBaseline(NpgsqlConnection connection)
{
    private const int ChunkBytes = 1 << 20;

    private static readonly string Copy = BenchmarkSql.Beside<CopyBaseline>("CopyEvents");

    public async Task RunAsync(ReadOnlyMemory<byte> rows, CancellationToken cancellationToken)
    {
        await using var stream = await connection.BeginRawBinaryCopyAsync(Copy, cancellationToken);
        for (; !rows.IsEmpty; rows = rows[Math.Min(ChunkBytes, rows.Length)..])
            await stream.WriteAsync(rows[..Math.Min(ChunkBytes, rows.Length)], cancellationToken);
    }
}
