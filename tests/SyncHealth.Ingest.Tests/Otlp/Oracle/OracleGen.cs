using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;

namespace SyncHealth.Ingest.Tests.Otlp.Oracle;

/// <summary>Generates requests: known and unknown names, fitting and unfitting values, in any order.</summary>
internal static class OracleGen
{
    /// <summary>Levels of lists in a generated value; the reader's own bound has a test of its own.</summary>
    private const int MaxDepth = 3;

    /// <summary>Length of a list at most, so that thousands of requests take seconds.</summary>
    private const int MaxLength = 8;

    private static readonly string[] RecordNames =
    [
        "sync.type", "sync.success", "sync.outcome", "sync.duration_ms", "sync.conflict_count", "sync.queue_depth", "sync.oldest_pending_ms", "sync.direction",
        "sync.trigger", "sync.retries", "sync.items.pushed", "sync.items.pulled", "sync.items.applied", "sync.items.rejected", "sync.bytes.up", "sync.bytes.down",
        "sync.network.metered", "sync.last_success_at", "sync.conflicts", "sync.failures", "sync.event.age_ms", "sync.event.id", "sync.event.seq",
        "sync.error.kind", "error.type", "network.connection.type", "sync.conflict.lww", "sync.conflict.odd", "sync.deferred.metered", "sync.dropped.queue_full", "sync.dropped", "", "other",
    ];

    private static readonly string[] ResourceNames =
    [
        "service.name", "service.version", "os.name", "os.type", "os.version", "app.installation.id", "device.id", "service.instance.id",
        "device.model.identifier", "deployment.environment.name", "enduser.id", "user.id", "cohort", "",
    ];

    private static readonly string[] ItemNames = ["entity", "kind", "strategy", "winner", "discarded", "count", "code", "parked", "reason", "other"];

    private static readonly string[] Texts =
        ["notes", "delta", "push", "failure", "lww", "update_update", "remote", "cell", "2026-11-22T07:44:58Z", "server", "", "é\u4E00", "a\u0000b", "{\"x\":1}"];

    public static Gen<ExportLogsServiceRequest> Request => Gen.ListOf(ResourceLogs).Resize(MaxLength)
        .Select(logs => new ExportLogsServiceRequest { ResourceLogs = { logs } });

    private static Gen<ResourceLogs> ResourceLogs =>
        from attributes in Pairs(ResourceNames, Scalar)
        from app in Gen.Elements(true, true, true, false)
        from records in Gen.ListOf(Record)
        select new ResourceLogs { Resource = new Resource { Attributes = { attributes, app ? [Text("service.name", "notes")] : [] } }, ScopeLogs = { new ScopeLogs { LogRecords = { records } } } };

    private static Gen<LogRecord> Record =>
        from name in Gen.Elements("sync.attempt", "sync.attempt", "sync.open", "sync.reset", "app.crash", "")
        from attributes in Gen.OneOf(Pairs(RecordNames, Value(MaxDepth)), Gen.ListOf(Gen.Elements(Fitting)).Select(pairs => pairs.ToList()))
        from required in Gen.Elements(true, true, false)
        from time in Time
        from observed in Time
        select new LogRecord
        {
            TimeUnixNano = time,
            ObservedTimeUnixNano = observed,
            EventName = name,
            SeverityNumber = 9,
            Attributes = { attributes, required ? Required : [] },
        };

    /// <summary>Attributes that belong to an event, each with a value that fits it.</summary>
    private static KeyValue[] Fitting =>
    [
        Pair("sync.retries", new AnyValue { IntValue = 2 }), Pair("sync.queue_depth", new AnyValue { DoubleValue = 7 }), Text("sync.direction", "up"), Text("sync.trigger", "user"),
        Text("sync.event.id", "e1"), Pair("sync.event.seq", new AnyValue { IntValue = 4711 }), Text("network.connection.type", "cell"), Pair("sync.network.metered", new AnyValue { BoolValue = true }),
        Pair("sync.bytes.up", new AnyValue { IntValue = 1L << 33 }), Text("sync.last_success_at", "2026-11-22T07:44:58Z"), Pair("sync.conflict.lww", new AnyValue { IntValue = 2 }),
        Pair("sync.deferred.metered", new AnyValue { IntValue = 1 }), Pair("sync.dropped.queue_full", new AnyValue { IntValue = 12 }), Text("error.type", "http_503"),
    ];

    /// <summary>What makes most records events of ours, so that the comparison is not of rejections only.</summary>
    private static KeyValue[] Required =>
    [
        Text("sync.type", "delta"), Pair("sync.success", new AnyValue { BoolValue = true }),
        Pair("sync.duration_ms", new AnyValue { IntValue = 812 }), Text("sync.outcome", "success"),
    ];

    private static Gen<ulong> Time => Gen.Elements(0UL, 1_795_334_398_000_000_000UL, 1_795_334_398_120_000_000UL, 1UL, ulong.MaxValue);

    private static Gen<AnyValue> Scalar => Gen.OneOf(
        Gen.Elements(Texts).Select(text => new AnyValue { StringValue = text }),
        ArbMap.Default.GeneratorFor<bool>().Select(flag => new AnyValue { BoolValue = flag }),
        Gen.Elements(0L, 1L, -1L, 3L, 812L, 2_147_483_648L, long.MaxValue, long.MinValue).Select(whole => new AnyValue { IntValue = whole }),
        Gen.Elements(0.0, 811.6, -0.5, 3.0, 1e300, double.NaN, double.PositiveInfinity).Select(real => new AnyValue { DoubleValue = real }),
        Gen.Elements("", "ab").Select(text => new AnyValue { BytesValue = ByteString.CopyFromUtf8(text) }),
        Gen.Constant(new AnyValue()));

    private static Gen<AnyValue> Value(int depth) => depth == 0 ? Scalar : Gen.Frequency(
        (6, Scalar),
        (1, Pairs(ItemNames, Value(depth - 1)).Select(pairs => new AnyValue { KvlistValue = new KeyValueList { Values = { pairs } } })),
        (2, Gen.ListOf(Value(depth - 1)).Select(values => new AnyValue { ArrayValue = new ArrayValue { Values = { values } } })),
        (2, Gen.ListOf(Pairs(ItemNames, Scalar)).Select(lines => new AnyValue
        {
            ArrayValue = new ArrayValue { Values = { lines.Select(pairs => new AnyValue { KvlistValue = new KeyValueList { Values = { pairs } } }) } },
        })));

    private static Gen<List<KeyValue>> Pairs(string[] names, Gen<AnyValue> values) => Gen.ListOf(
        from name in Gen.Elements(names)
        from value in values
        select Pair(name, value)).Select(pairs => pairs.ToList());

    private static KeyValue Text(string key, string value) => Pair(key, new AnyValue { StringValue = value });

    private static KeyValue Pair(string key, AnyValue value) => new() { Key = key, Value = value };
}
