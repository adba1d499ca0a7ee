using System.Text.Json;
using System.Text.Json.Nodes;

namespace SyncHealth.Alerting.Receivers;

/// <summary>Reads bodies as a strict vendor does: what is not there, or of another type, is absent.</summary>
internal static class JsonReading
{
    /// <summary>The body as an object, or null when it is none.</summary>
    public static JsonObject? Object(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JsonNode? At(this JsonNode? node, params string[] path) =>
        path.Aggregate(node, (current, key) => (current as JsonObject)?[key]);

    public static string? Text(this JsonNode? node, params string[] path) =>
        node.At(path) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>Length in code points: how a vendor counts is not documented, and this is the stricter of the likely ways for plain text.</summary>
    public static int Length(string text) => text.EnumerateRunes().Count();

    public static bool IsAbsolute(string? address, params string[] schemes) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && schemes.Contains(uri.Scheme);
}
