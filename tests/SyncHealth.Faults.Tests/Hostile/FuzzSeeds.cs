using System.Text;
using SyncHealth.Faults.Tests.Support;

namespace SyncHealth.Faults.Tests.Hostile;

/// <summary>Valid bodies that use every part of the formats: what mutation starts from.</summary>
internal static class FuzzSeeds
{
    private const string Rich = """
        {"sentAt":"2026-11-22T08:00:00.000Z","resource":{"app":"notes","appVersion":"2.4.1","os":"android","osVersion":"14","environment":"production","deviceId":"i1","userRef":"u1","deviceModel":"Pixel 8","sdk":"s","tags":{"cohort":"beta"}},
         "events":[{"id":"a","seq":4711,"timestamp":"2026-11-22T07:59:58.120Z","type":"delta","success":true,"durationMs":812,"conflictCount":1,"queuedItems":0,"outcome":"success","direction":"both","trigger":"foreground","network":"wifi","metered":false,"retries":0,"error":null,"pushed":3,"pulled":12,"applied":12,"rejected":0,"bytesUp":914,"bytesDown":5120,"oldestPendingMs":0,"lastSuccessAt":"2026-11-22T07:44:58Z","conflicts":[{"entity":"note","kind":"update_update","strategy":"lww","winner":"remote","discarded":1,"count":1}],"failures":[{"entity":"photo","kind":"denied","code":"http_422","count":1,"parked":true}],"deferred":[{"reason":"metered","count":2}],"ageMs":1880},
          {"timestamp":1795334398120,"type":"open","queuedItems":7,"appVersion":"2.4.2","os":"ios","osVersion":"18"},
          {"timestamp":1795334398.5e3,"type":"full","success":false,"durationMs":12.5,"error":{"kind":"server","code":"http_503"}}],
         "dropped":[{"reason":"queue_full","count":12}]}
        """;

    public static IReadOnlyList<byte[]> Json { get; } =
        [Encoding.UTF8.GetBytes(Rich), GoodEvent.Batch([GoodEvent.Json(1)]), GoodEvent.Batch([GoodEvent.Json(1), "7", "null", "[]"]), "{\"events\":[]}"u8.ToArray()];

    public static IReadOnlyList<byte[]> OtlpJson { get; } =
    [
        OtlpText.Request(GoodEvent.Now.AddSeconds(-2),
        [
            ("type", "\"delta\""), ("success", "true"), ("durationMs", "812.5"), ("id", "\"a\""), ("seq", "7"), ("conflictCount", "2"), ("retries", "1"), ("network", "\"cell\""),
            ("conflicts", """[{"entity":"note","strategy":"lww","count":2}]"""), ("failures", """[{"entity":"photo","kind":"denied","count":1,"parked":true}]"""), ("lastSuccessAt", "\"2026-11-22T07:44:58Z\""),
        ]),
        """{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":1795334398000000000,"attributes":[{"key":"event.name","value":{"stringValue":"sync.open"}},{"key":"sync.deferred.metered","value":{"intValue":"2"}},{"key":"sync.dropped.queue_full","value":{"intValue":3}},{"key":"sync.conflict.lww","value":{"intValue":1}}]},{"eventName":"other"}]}]}]}"""u8.ToArray(),
        "{\"resourceLogs\":[]}"u8.ToArray(),
    ];

    public static IReadOnlyList<byte[]> OtlpProtobuf { get; } =
    [
        OtlpBytes.Request(
            [("service.name", "notes"), ("app.installation.id", "d1"), ("cohort", "beta"), ("n", 5)],
            OtlpBytes.Record("sync.attempt", GoodEvent.Now.AddSeconds(-2),
                ("sync.type", "delta"), ("sync.success", true), ("sync.duration_ms", 812.5), ("sync.event.id", "a"), ("sync.event.seq", 7), ("sync.conflict.lww", 2),
                ("sync.conflicts", new object[] { new (string, object)[] { ("entity", "note"), ("count", 1) } }), ("nested", new object[] { new object[] { "x" } })),
            OtlpBytes.Record("sync.open", GoodEvent.Now.AddSeconds(-1), ("sync.queue_depth", 3), ("sync.dropped.queue_full", 3))),
        OtlpBytes.Request([("service.name", "notes")], OtlpBytes.Record("other", GoodEvent.Now)),
    ];
}
