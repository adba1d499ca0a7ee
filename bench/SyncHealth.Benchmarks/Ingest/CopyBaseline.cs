using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace SyncHealth.Benchmarks.Ingest;

/// <summary>The baseline: the same events by one binary COPY into the same partitioned, uniquely indexed table, and nothing else.</summary>
internal sealed class CopyBaseline(NpgsqlConnection connection)
{
    private static readonly string Copy = BenchmarkSql.Beside<CopyBaseline>("CopyEvents");

    /// <summary>Ids of segment and profile: integers as any, the table has no foreign keys.</summary>
    private const int AnyId = 1;

    public async Task RunAsync(IReadOnlyList<SampleBatch> batches, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        await using var importer = await connection.BeginBinaryImportAsync(Copy, cancellationToken);
        foreach (var batch in batches)
        {
            var device = BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(batch.DeviceId)));
            foreach (var e in batch.Events)
                Write(importer, device, e, receivedAt.UtcDateTime);
        }

        await importer.CompleteAsync(cancellationToken);
    }

    private static void Write(NpgsqlBinaryImporter importer, long device, SampleEvent e, DateTime receivedAt)
    {
        importer.StartRow();
        importer.Write(device, NpgsqlDbType.Bigint);
        importer.Write(BinaryPrimitives.ReadInt64LittleEndian(e.Id.ToByteArray()), NpgsqlDbType.Bigint);
        importer.Write(e.At.UtcDateTime, NpgsqlDbType.TimestampTz);
        importer.Write(e.At.UtcDateTime, NpgsqlDbType.TimestampTz);
        importer.Write(receivedAt, NpgsqlDbType.TimestampTz);
        importer.WriteNull();
        importer.Write(e.Queued * 1000L, NpgsqlDbType.Bigint);
        importer.Write(e.Pushed * 300L, NpgsqlDbType.Bigint);
        importer.Write(e.Pulled * 420L, NpgsqlDbType.Bigint);
        importer.Write(e.Seq, NpgsqlDbType.Bigint);
        importer.WriteNull();
        importer.Write(AnyId, NpgsqlDbType.Integer);
        importer.Write(AnyId, NpgsqlDbType.Integer);
        if (e.Success)
            importer.WriteNull();
        else
            importer.Write(AnyId, NpgsqlDbType.Integer);
        foreach (var value in (ReadOnlySpan<int>)[e.DurationMs, e.Queued, e.Success ? 0 : 2, e.Pushed, e.Pulled, e.Pulled, 0, e.Conflicts, e.DurationMs])
            importer.Write(value, NpgsqlDbType.Integer);
        importer.Write((short)(e.Success ? 1 : 3), NpgsqlDbType.Smallint);
        importer.Write((short)1, NpgsqlDbType.Smallint);
        importer.Write(true, NpgsqlDbType.Boolean);
        importer.Write(e.Network == "cellular", NpgsqlDbType.Boolean);
        importer.WriteNull();
        importer.WriteNull();
    }
}
