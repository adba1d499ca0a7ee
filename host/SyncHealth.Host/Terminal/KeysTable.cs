using System.Globalization;
using System.Text.Json;

namespace SyncHealth.Host.Terminal;

/// <summary>Ingest keys, as <c>/api/v1/keys</c> answers them.</summary>
internal static class KeysTable
{
    private const string None = "–";

    public static string Render(JsonElement answer, bool withRevoked)
    {
        var keys = answer.GetProperty("keys").EnumerateArray().Where(key => withRevoked || Text(key, "state") != "revoked").ToArray();
        if (keys.Length == 0)
            return "No key. Create one: ./synchealth keys create --app NAME" + Environment.NewLine;
        var table = new TextTable(["id", "app", "label", "state", "line", "origins", "created", "events/s"], leftAligned: 7);
        foreach (var key in keys)
            table.Add(
            [
                Text(key, "id"), Text(key, "app", "(any)"), Text(key, "label"), Text(key, "state"),
                Text(key, "line") == Text(key, "id") ? None : "after " + Text(key, "line"),
                Origins(key), key.GetProperty("createdAt").GetDateTimeOffset().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), Rate(key),
            ]);
        return table.ToString();
    }

    /// <summary>A key just made: the only time that its text is shown.</summary>
    public static string RenderNew(JsonElement answer)
    {
        var key = answer.GetProperty("key");
        return string.Join(
            Environment.NewLine,
            $"Key {Text(key, "id")} for {AppOf(key)}, limit {Rate(key)} events/s:",
            "",
            "  " + Text(answer, "text"),
            "",
            "It is shown this once: the installation keeps only its hash. Apps send it as 'Authorization: Bearer KEY' or 'X-SyncHealth-Key: KEY'.",
            "");
    }

    public static string RenderOne(JsonElement key) => $"Key {Text(key, "id")} for {AppOf(key)} is {Text(key, "state")}.{Environment.NewLine}";

    private static string AppOf(JsonElement key) => Text(key, "app") is { Length: > 0 } app ? "app " + app : "any app";

    private static string Origins(JsonElement key) =>
        string.Join(' ', key.GetProperty("origins").EnumerateArray().Select(origin => origin.GetString())) is { Length: > 0 } origins ? origins : None;

    private static string Rate(JsonElement key) =>
        key.GetProperty("eventsPerSecond") is { ValueKind: JsonValueKind.Number } rate ? rate.GetInt32().ToString("N0", CultureInfo.InvariantCulture) : "default";

    private static string Text(JsonElement element, string name, string fallback = "") =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : fallback;
}
