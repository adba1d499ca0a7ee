using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SyncHealth.Alerting.Worker.Channels.Jira;

/// <summary>Reads what we need from Jira's answers; an answer that is not as documented reads as empty.</summary>
internal static class JiraAnswers
{
    /// <summary>The status category that every workflow has, whatever its statuses are called.</summary>
    private const string Done = "done";

    /// <summary>Categories of work that is not over, the one an issue begins in first.</summary>
    private static readonly string[] NotDone = ["new", "indeterminate"];

    public static string? Key(string body) => Text(Parse(body), "key");

    public static string? FirstKey(string body) => Text((At(Parse(body), "issues") as JsonArray)?.FirstOrDefault(), "key");

    /// <summary>What an answer says of an issue.</summary>
    public static JiraIssueView Issue(string body)
    {
        var issue = Parse(body);
        return new JiraIssueView
        {
            Key = Text(issue, "key"),
            Id = long.TryParse(Text(issue, "id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null,
            IsDone = Text(issue, "fields", "status", "statusCategory", "key") == Done,
            Resolution = Text(issue, "fields", "resolution", "name"),
            DoneAt = DateTimeOffset.TryParse(Text(issue, "fields", "statuscategorychangedate"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null,
            Labels = [.. (At(issue, "fields", "labels") as JsonArray ?? []).Select(label => label?.ToString() ?? "")],
        };
    }

    /// <summary>Whether one comment holds both texts: the same words may have been said of an earlier incident.</summary>
    public static bool HasComment(string body, string text, string incident) =>
        (At(Parse(body), "comments") as JsonArray ?? []).Any(comment => Holds(comment, text) && Holds(comment, incident));

    /// <summary>Found by where it leads, not by its name: names are translated.</summary>
    public static string? TransitionToDone(string body) => TransitionTo(body, Done);

    /// <inheritdoc cref="TransitionToDone"/>
    public static string? TransitionBack(string body) => NotDone.Select(category => TransitionTo(body, category)).FirstOrDefault(id => id is not null);

    private static string? TransitionTo(string body, string category) => Text(
        (At(Parse(body), "transitions") as JsonArray)?.FirstOrDefault(transition => Text(transition, "to", "statusCategory", "key") == category), "id");

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
