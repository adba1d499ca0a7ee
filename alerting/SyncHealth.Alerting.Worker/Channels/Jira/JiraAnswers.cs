using System.Text.Json;
using System.Text.Json.Nodes;

namespace SyncHealth.Alerting.Worker.Channels.Jira;

/// <summary>Reads what we need from Jira's answers; an answer that is not as documented reads as empty.</summary>
internal static class JiraAnswers
{
    /// <summary>The status category that every workflow has, whatever its statuses are called.</summary>
    private const string Done = "done";

    public static string? Key(string body) => Text(Parse(body), "key");

    public static string? FirstKey(string body) => Text((At(Parse(body), "issues") as JsonArray)?.FirstOrDefault(), "key");

    public static bool IsDone(string body) => Text(Parse(body), "fields", "status", "statusCategory", "key") == Done;

    public static bool HasComment(string body, string text) => Holds(At(Parse(body), "fields", "comment", "comments"), text);

    /// <summary>Found by where it leads, not by its name: names are translated.</summary>
    public static string? TransitionToDone(string body) => Text(
        (At(Parse(body), "transitions") as JsonArray)?.FirstOrDefault(transition => Text(transition, "to", "statusCategory", "key") == Done), "id");

    private static string? Text(JsonNode? node, params string[] path) =>
        At(node, path) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static JsonNode? At(JsonNode? node, params string[] path) =>
        path.Aggregate(node, (current, key) => (current as JsonObject)?[key]);

    private static bool Holds(JsonNode? node, string text) => node switch
    {
        JsonArray array => array.Any(item => Holds(item, text)),
        JsonObject members => members.Any(member => Holds(member.Value, text)),
        JsonValue value => value.TryGetValue<string>(out var found) && found == text,
        _ => false,
    };

    private static JsonObject? Parse(string body)
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
}
