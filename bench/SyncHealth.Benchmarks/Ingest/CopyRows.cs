using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SyncHealth.Benchmarks.Ingest;

/// <summary>Encodes sample events as rows of Postgres' binary COPY format, in the column order of <c>CopyEvents.sql</c>.</summary>
internal sealed class CopyRows : IDisposable
{
    private const short Columns = 29;

    /// <summary>Ids of dictionary rows: any integer, the table has no foreign keys.</summary>
    private const int AnyId = 1;

    private static readonly DateTimeOffset PostgresEpoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly MemoryStream _bytes = new();

    public static byte[] Encode(IReadOnlyList<SampleBatch> batches, DateTimeOffset receivedAt)
    {
        using var rows = new CopyRows();
        rows._bytes.Write("PGCOPY\n"u8);
        rows._bytes.Write([0xFF, (byte)'\r', (byte)'\n', 0]);
        rows.Raw(0);
        rows.Raw(0);
        foreach (var batch in batches)
        {
            var device = BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(batch.DeviceId)));
            foreach (var e in batch.Events)
                rows.Write(device, e, receivedAt);
        }

        rows.Raw((short)-1);
        return rows._bytes.ToArray();
    }

    public void Dispose() => _bytes.Dispose();

    private void Write(long device, SampleEvent e, DateTimeOffset receivedAt)
    {
        Raw(Columns);
        Long(device);
        Long(BinaryPrimitives.ReadInt64LittleEndian(e.Id.ToByteArray()));
        Time(e.At);
        Time(e.At);
        Time(receivedAt);
        Null();
        Long(e.Queued * 1000L);
        Long(e.Pushed * 300L);
        Long(e.Pulled * 420L);
        Long(e.Seq);
        Null();
        Int(AnyId);
        Int(AnyId);
        if (e.Success)
            Null();
        else
            Int(AnyId);
        foreach (var value in (ReadOnlySpan<int>)[e.DurationMs, e.Queued, e.Success ? 0 : 2, e.Pushed, e.Pulled, e.Pulled, 0, e.Conflicts, e.DurationMs])
            Int(value);
        Short(e.Success ? (short)1 : (short)3);
        Short(1);
        Flag(true);
        Flag(e.Network == "cellular");
        Null();
        Null();
    }

    private void Time(DateTimeOffset at) => Long((at - PostgresEpoch).Ticks / TimeSpan.TicksPerMicrosecond);

    private void Null() => Raw(-1);

    private void Flag(bool value)
    {
        Raw(1);
        _bytes.WriteByte(value ? (byte)1 : (byte)0);
    }

    private void Short(short value)
    {
        Raw(sizeof(short));
        Raw(value);
    }

    private void Int(int value)
    {
        Raw(sizeof(int));
        Raw(value);
    }

    private void Long(long value)
    {
        Raw(sizeof(long));
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        _bytes.Write(bytes);
    }

    private void Raw(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        _bytes.Write(bytes);
    }

    private void Raw(short value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(short)];
        BinaryPrimitives.WriteInt16BigEndian(bytes, value);
        _bytes.Write(bytes);
    }
}
