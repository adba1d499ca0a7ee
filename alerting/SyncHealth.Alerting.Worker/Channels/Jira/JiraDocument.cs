using System.Text.Json.Nodes;

namespace SyncHealth.Alerting.Worker.Channels.Jira;

/// <summary>Builds the Atlassian Document Format: the only form in which Jira Cloud v3 takes text.</summary>
internal sealed class JiraDocument
{
    private readonly JsonArray _content = [];

    public JiraDocument Paragraph(string text)
    {
        _content.Add((JsonNode)new JsonObject { ["type"] = "paragraph", ["content"] = new JsonArray(Text(text)) });
        return this;
    }

    /// <summary>A list of <c>label: text</c>; Jira refuses empty text nodes, so empty facts are left out.</summary>
    public JiraDocument Facts(IEnumerable<(string Label, string Text)> facts)
    {
        var items = facts.Where(fact => fact.Label.Length > 0 && fact.Text.Length > 0).Select(Item).ToArray();
        if (items.Length > 0)
            _content.Add((JsonNode)new JsonObject { ["type"] = "bulletList", ["content"] = new JsonArray(items) });
        return this;
    }

    public JiraDocument Link(string label, string? address)
    {
        if (address is null)
            return this;
        var link = Text(label);
        link["marks"] = new JsonArray(new JsonObject { ["type"] = "link", ["attrs"] = new JsonObject { ["href"] = address } });
        _content.Add((JsonNode)new JsonObject { ["type"] = "paragraph", ["content"] = new JsonArray(link) });
        return this;
    }

    public JsonObject Build() => new() { ["type"] = "doc", ["version"] = 1, ["content"] = _content };

    private static JsonNode Item((string Label, string Text) fact)
    {
        var label = Text(fact.Label + ": ");
        label["marks"] = new JsonArray(new JsonObject { ["type"] = "strong" });
        return new JsonObject
        {
            ["type"] = "listItem",
            ["content"] = new JsonArray(new JsonObject { ["type"] = "paragraph", ["content"] = new JsonArray(label, Text(fact.Text)) }),
        };
    }

    private static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text };
}
