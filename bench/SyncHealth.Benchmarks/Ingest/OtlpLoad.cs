using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace SyncHealth.Benchmarks.Ingest;

/// <summary>Sample uploads as an OpenTelemetry SDK sends them: ExportLogsServiceRequest in protobuf, the facts of the JSON body in the contract's attributes.</summary>
internal sealed class OtlpLoad
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Length = 2;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public static byte[] ToProtobuf(SampleBatch batch, DateTimeOffset sentAt)
    {
        var resource = new OtlpLoad();
        resource.Attribute(1, "service.name", "bench");
        resource.Attribute(1, "service.version", batch.AppVersion);
        resource.Attribute(1, "os.name", batch.Os);
        resource.Attribute(1, "os.version", batch.OsVersion);
        resource.Attribute(1, "deployment.environment.name", "production");
        resource.Attribute(1, "app.installation.id", batch.DeviceId);
        resource.Attribute(1, "device.model.identifier", "Pixel 8");
        var scope = new OtlpLoad();
        foreach (var e in batch.Events)
            scope.Message(2, Record(e, sentAt));
        var resourceLogs = new OtlpLoad();
        resourceLogs.Message(1, resource);
        resourceLogs.Message(2, scope);
        var request = new OtlpLoad();
        request.Message(1, resourceLogs);
        return request._bytes.WrittenSpan.ToArray();
    }

    private static OtlpLoad Record(SampleEvent e, DateTimeOffset sentAt)
    {
        var record = new OtlpLoad();
        record.Time(1, e.At);
        record.Time(11, sentAt);
        record.Attribute(6, "sync.event.id", e.Id.ToString());
        record.Attribute(6, "sync.event.seq", e.Seq);
        record.Attribute(6, "sync.type", "delta");
        record.Attribute(6, "sync.success", e.Success);
        record.Attribute(6, "sync.duration_ms", e.DurationMs);
        record.Attribute(6, "sync.conflict_count", e.Conflicts);
        record.Attribute(6, "sync.queue_depth", e.Queued);
        record.Attribute(6, "sync.outcome", e.Success ? "success" : "failure");
        record.Attribute(6, "sync.direction", "both");
        record.Attribute(6, "sync.trigger", e.Trigger);
        record.Attribute(6, "network.connection.type", Connection(e.Network));
        record.Attribute(6, "sync.network.metered", e.Network == "cellular");
        record.Attribute(6, "sync.retries", e.Success ? 0 : 2);
        record.Attribute(6, "sync.items.pushed", e.Pushed);
        record.Attribute(6, "sync.items.pulled", e.Pulled);
        record.Attribute(6, "sync.items.applied", e.Pulled);
        record.Attribute(6, "sync.items.rejected", 0);
        record.Attribute(6, "sync.bytes.up", e.Pushed * 300);
        record.Attribute(6, "sync.bytes.down", e.Pulled * 420);
        record.Attribute(6, "sync.oldest_pending_ms", e.Queued * 1000L);
        if (!e.Success)
        {
            record.Attribute(6, "sync.error.kind", "server");
            record.Attribute(6, "error.type", "http_503");
        }

        record.Text(12, "sync.attempt");
        return record;
    }

    /// <summary>OpenTelemetry's names of connections.</summary>
    private static string Connection(string network) => network switch { "cellular" => "cell", "ethernet" => "wired", _ => network };

    private void Attribute(int field, string key, string value) => Pair(field, key, any => any.Text(1, value));

    private void Attribute(int field, string key, bool value) => Pair(field, key, any => any.Number(2, value ? 1UL : 0));

    private void Attribute(int field, string key, long value) => Pair(field, key, any => any.Number(3, (ulong)value));

    private void Pair(int field, string key, Action<OtlpLoad> write)
    {
        var any = new OtlpLoad();
        write(any);
        var pair = new OtlpLoad();
        pair.Text(1, key);
        pair.Message(2, any);
        Message(field, pair);
    }

    private void Message(int field, OtlpLoad message) => Bytes(field, message._bytes.WrittenSpan);

    private void Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    private void Bytes(int field, ReadOnlySpan<byte> bytes)
    {
        Raw(((ulong)field << 3) | Length);
        Raw((ulong)bytes.Length);
        _bytes.Write(bytes);
    }

    private void Number(int field, ulong value)
    {
        Raw(((ulong)field << 3) | Varint);
        Raw(value);
    }

    private void Time(int field, DateTimeOffset at)
    {
        Raw(((ulong)field << 3) | Fixed64);
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.GetSpan(sizeof(ulong)), (ulong)(at - DateTimeOffset.UnixEpoch).Ticks * 100);
        _bytes.Advance(sizeof(ulong));
    }

    private void Raw(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.Write([(byte)(value | 0x80)]);
        _bytes.Write([(byte)value]);
    }
}
