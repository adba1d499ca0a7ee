using System.Text;

namespace SyncHealth.Faults.Tests.Hostile;

/// <summary>Values that break parsers, databases and sums, each in every field of an event.</summary>
internal static class ValueCorpus
{
    /// <summary>Every field of an event that takes one value.</summary>
    public static readonly string[] Fields =
    [
        "timestamp", "type", "success", "durationMs", "conflictCount", "queuedItems", "id", "seq", "outcome", "direction", "trigger", "network", "metered",
        "retries", "error", "pushed", "pulled", "applied", "rejected", "bytesUp", "bytesDown", "oldestPendingMs", "lastSuccessAt", "ageMs",
        "appVersion", "os", "osVersion", "conflicts", "failures", "deferred",
    ];

    /// <summary>JSON texts; each stands where a field's value may stand.</summary>
    public static readonly string[] Values =
    [
        // Wrong types.
        "null", "true", "false", "0", "-0", "1", "\"\"", "\"1\"", "[]", "{}", "[1]", "[null]", "[[]]", "[{}]", "{\"a\":1}", "[{\"count\":1}]", "{\"kind\":1,\"code\":[]}",
        // Numbers beyond what fits.
        "-1", "1.5", "-1.5", "1e400", "-1e400", "1e308", "1e-400", "2147483647", "2147483648", "4294967296", "9007199254740993", "1e15", "9.2e18",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551616", "100000000000000000000000000000",
        // Text that Postgres or UTF-8 refuse.
        "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00\"", "\"a\\ud83dz\"", "\"\\ud83d\\ude00\"", "\"\\ufffe\\uffff\"", "\"\\u202e\\u200b\\ufeff\"",
        "\"\\u0001\\u001b[31m\\u007f\\r\\n\\u2028\"", "\"e\\u0301\"", "\"'; drop table event; --\"", "\"<script>alert(1)</script>\"", "\"=cmd|' /C calc'!A0\"", "\"%s%n{0}${x}\"",
        Text('x', 1024), Text('x', 1025), Text('\u00e9', 3000), Text('\u4e2d', 1500), Pairs(700),
        // Numbers as text, and not quite numbers.
        "\"NaN\"", "\"Infinity\"", "\"-1\"", "\"1e400\"", "\"0x10\"",
        // Times at the ends of every calendar.
        "\"0000-01-01T00:00:00Z\"", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59.9999999Z\"", "\"10000-01-01T00:00:00Z\"", "\"292277026596-12-04T15:30:08Z\"",
        "\"1970-01-01T00:00:00Z\"", "\"1969-12-31T23:59:59Z\"", "\"2026-02-29T00:00:00Z\"", "\"2024-02-29T00:00:00Z\"", "\"2026-11-22T07:59:60Z\"", "\"2026-11-22T24:00:00Z\"",
        "\"2026-11-22T07:59:58+14:00\"", "\"2026-11-22T07:59:58-15:00\"", "\"-infinity\"", "\"infinity\"", "\"now\"", "-62135596800000", "253402300799999", "253402300800000",
        "[" + string.Join(',', Enumerable.Repeat("""{"entity":"n","count":2147483647,"discarded":2147483647}""", 300)) + "]",
        """[{"entity":"\u0000","kind":"\ud800","strategy":"?","winner":"?","count":-1}]""",
        """[{"reason":"metered","count":9223372036854775808}]""",
        // As deep as OTLP, which takes three levels for one, lets a value be.
        Nested(7),
    ];

    /// <summary>Whole bodies that no single value makes; each must be refused or taken, never more.</summary>
    public static IEnumerable<(string Name, byte[] Body)> Bodies(string goodEvent)
    {
        yield return ("invalid UTF-8", [.. "{\"events\":[{\"id\":\""u8, 0xC3, 0x28, .. "\"}]}"u8]);
        yield return ("surrogate in UTF-8", [.. "{\"events\":[{\"id\":\""u8, 0xED, 0xA0, 0x80, .. "\"}]}"u8]);
        yield return ("overlong NUL", [.. "{\"events\":[{\"id\":\""u8, 0xC0, 0x80, .. "\"}]}"u8]);
        yield return ("byte order mark", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes($$"""{"events":[{{goodEvent}}]}""")]);
        yield return ("raw NUL", [.. "{\"events\":[{\"id\":\"a"u8, 0, .. "\"}]}"u8]);
        yield return ("NaN", "{\"events\":[{\"durationMs\":NaN}]}"u8.ToArray());
        yield return ("1 MiB key", Encoding.UTF8.GetBytes($$"""{"{{new string('k', 1 << 20)}}":1,"events":[{{goodEvent}}]}"""));
        yield return ("1 MiB tag", Encoding.UTF8.GetBytes($$$"""{"resource":{"tags":{"{{{new string('k', 1 << 20)}}}":"{{{new string('v', 1 << 20)}}}"}},"events":[{{{goodEvent}}}]}"""));
        yield return ("100,000 tags", Encoding.UTF8.GetBytes("{\"resource\":{\"tags\":{" + Many(100_000) + "}},\"events\":[" + goodEvent + "]}"));
        yield return ("100,000 fields", Encoding.UTF8.GetBytes("{\"events\":[" + goodEvent[..^1] + "," + Many(100_000) + "}]}"));
        yield return ("duplicate keys", Encoding.UTF8.GetBytes($$$"""{"events":[],"events":[{{{goodEvent}}}],"resource":{"app":"a"},"resource":{"app":"notes"}}"""));
        yield return ("10,001 events", Encoding.UTF8.GetBytes($$"""{"events":[{{string.Join(',', Enumerable.Repeat(goodEvent, 10_001))}}]}"""));
        yield return ("billions claimed", Encoding.UTF8.GetBytes($$"""{"count":1000000000,"events":[{{goodEvent}}],"dropped":[{"reason":"queue_full","count":1000000000}]}"""));
        yield return ("two bodies", Encoding.UTF8.GetBytes($$"""{"events":[{{goodEvent}}]}{"events":[]}"""));
        yield return ("nothing", []);
    }

    private static string Many(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $"\"k{i}\":\"v\""));

    private static string Text(char letter, int length) => $"\"{new string(letter, length)}\"";

    private static string Pairs(int count) => $"\"{string.Concat(Enumerable.Repeat("\ud83d\ude00", count))}\"";

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);
}
