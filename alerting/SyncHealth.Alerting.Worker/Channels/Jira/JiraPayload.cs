using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SyncHealth.Alerting.Messages;

namespace SyncHealth.Alerting.Worker.Channels.Jira;

/// <summary>The bodies that Jira Cloud v3 takes. Limits: developer.atlassian.com/cloud/jira/platform/rest/v3.</summary>
internal static class JiraPayload
{
    /// <summary>Longest summary, in characters; no line breaks.</summary>
    private const int MaxSummary = 255;

    /// <summary>Facts kept, and characters of each: 15,000 together, where a description takes 32,767.</summary>
    private const int MaxFacts = 50;

    private const int MaxFact = 300;

    /// <summary>Marks every issue of ours.</summary>
    private const string ProductLabel = "synchealth";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The label by which an incident's issue is found again: Jira has no idempotency key.</summary>
    public static string LabelOf(AlertMessage message) => "alert-" + message.IncidentKey;

    public static string Create(AlertMessage message, JiraOptions options) => new JsonObject
    {
        ["fields"] = new JsonObject
        {
            ["project"] = new JsonObject { ["key"] = options.Project },
            ["issuetype"] = new JsonObject { ["name"] = options.IssueType },
            ["summary"] = PlainText.Line(Headline.Of(message), MaxSummary),
            ["labels"] = new JsonArray(ProductLabel, LabelOf(message)),
            ["description"] = Describe(message).Build(),
        },
    }.ToJsonString(Readable);

    /// <summary>Finds an incident's issue, in whatever status it is. The index lags behind; of an issue that is known by its id, Jira is asked for what is true now.</summary>
    public static string Search(AlertMessage message, JiraOptions options, long? known)
    {
        var search = new JsonObject
        {
            ["jql"] = $"project = \"{options.Project}\" AND labels = \"{LabelOf(message)}\"",
            ["fields"] = new JsonArray("status"),
            ["maxResults"] = 1,
        };
        if (known is { } id)
            search["reconcileIssues"] = new JsonArray(id);
        return search.ToJsonString(Readable);
    }

    public static string AddLabel(AlertMessage message) => new JsonObject
    {
        ["update"] = new JsonObject { ["labels"] = new JsonArray(new JsonObject { ["add"] = LabelOf(message) }) },
    }.ToJsonString(Readable);

    /// <summary>Says of a new issue that it relates to an older one. "Relates" comes with every site.</summary>
    public static string Link(string key, string older) => new JsonObject
    {
        ["type"] = new JsonObject { ["name"] = "Relates" },
        ["inwardIssue"] = new JsonObject { ["key"] = key },
        ["outwardIssue"] = new JsonObject { ["key"] = older },
    }.ToJsonString(Readable);

    /// <summary>Ends with the incident's label, by which a comment is found again when its answer was lost.</summary>
    public static string Comment(AlertMessage message) => new JsonObject { ["body"] = Describe(message).Paragraph(LabelOf(message)).Build() }.ToJsonString(Readable);

    public static string Transition(string id) =>
        new JsonObject { ["transition"] = new JsonObject { ["id"] = id } }.ToJsonString(Readable);

    private static JiraDocument Describe(AlertMessage message) => new JiraDocument()
        .Paragraph(Headline.Of(message))
        .Facts(MessageFacts.Of(message).Concat(message.Labels.Select(pair => (pair.Key, pair.Value))).Take(MaxFacts)
            .Select(fact => (PlainText.Line(fact.Item1, MaxFact), PlainText.Line(fact.Item2, MaxFact))))
        .Link("Dashboard", message.DashboardUrl)
        .Link("Runbook", message.RunbookUrl)
        .Link("Silence or acknowledge", message.AlertsUrl);
}
