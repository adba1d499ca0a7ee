using System.Text;

namespace SyncHealth.Faults.Tests.Hostile;

/// <summary>Events that nothing is wrong with, to stand beside one that is poison.</summary>
internal static class GoodEvent
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    /// <summary>The required fields and their JSON values; <paramref name="id"/> makes it one of its own.</summary>
    public static IReadOnlyList<(string Field, string Json)> Fields(int id) =>
    [
        ("id", $"\"g{id}\""), ("timestamp", "\"2026-11-22T07:59:58.120Z\""), ("type", "\"delta\""), ("success", "true"), ("durationMs", "812"),
    ];

    public static string Json(int id) => Json(Fields(id));

    public static string Json(IEnumerable<(string Field, string Json)> fields) =>
        "{" + string.Join(',', fields.Select(field => $"\"{field.Field}\":{field.Json}")) + "}";

    /// <summary>The same fields with one more, or with one replaced.</summary>
    public static IReadOnlyList<(string Field, string Json)> With(int id, string field, string json) =>
        [.. Fields(id).Where(pair => pair.Field != field), (field, json)];

    public static byte[] Batch(IEnumerable<string> events, string device = "d1") =>
        Encoding.UTF8.GetBytes($$"""{"sentAt":"2026-11-22T08:00:00Z","resource":{"app":"notes","deviceId":"{{device}}"},"events":[{{string.Join(',', events)}}]}""");
}
