using System.Text.Json.Nodes;

namespace SyncHealth.Alerting.Receivers.Jira;

/// <summary>Checks and reads the Atlassian Document Format (developer.atlassian.com/cloud/jira/platform/apis/document/structure).</summary>
internal static class AtlassianDocument
{
    /// <summary>Longest text of a description or comment, in characters.</summary>
    public const int MaxText = 32_767;

    private static readonly string[] Containers =
        ["doc", "paragraph", "heading", "bulletList", "orderedList", "listItem", "codeBlock", "blockquote", "panel", "table", "tableRow", "tableHeader", "tableCell"];

    private static readonly string[] Leaves = ["text", "hardBreak", "rule", "emoji", "mention", "inlineCard", "date", "status"];

    private static readonly string[] Marks = ["strong", "em", "code", "link", "strike", "underline", "textColor", "subsup"];

    /// <summary>Why the node is no document, or null.</summary>
    public static string? Error(JsonNode? node)
    {
        if (node.Text("type") != "doc" || node.At("version") is not JsonValue version || !version.TryGetValue<int>(out var number) || number != 1)
            return "Operation value must be an Atlassian Document (see the Atlassian Document Format)";
        if (node.At("content") is not JsonArray)
            return "INVALID_INPUT: a document needs content";
        return NodeError(node) ?? (JsonReading.Length(PlainText(node)) > MaxText ? "CONTENT_LIMIT_EXCEEDED" : null);
    }

    /// <summary>The text of a document, one line per paragraph.</summary>
    public static string PlainText(JsonNode? node) => node.Text("type") switch
    {
        "text" => node.Text("text") ?? "",
        "paragraph" => string.Concat(Children(node).Select(PlainText)) + "\n",
        _ => string.Concat(Children(node).Select(PlainText)),
    };

    private static IEnumerable<JsonNode?> Children(JsonNode? node) => node.At("content") as JsonArray ?? [];

    private static string? NodeError(JsonNode? node)
    {
        var type = node.Text("type");
        if (type == "text")
            return node.Text("text") is { Length: > 0 }
                ? (node.At("marks") as JsonArray ?? []).Select(MarkError).FirstOrDefault(error => error is not null)
                : "INVALID_INPUT: a text node is empty";
        if (type is null || (!Containers.Contains(type) && !Leaves.Contains(type)))
            return $"INVALID_INPUT: unknown node type '{type}'";
        return Children(node).Select(NodeError).FirstOrDefault(error => error is not null);
    }

    private static string? MarkError(JsonNode? mark)
    {
        if (mark.Text("type") is not { } type || !Marks.Contains(type))
            return "INVALID_INPUT: unknown mark";
        return type != "link" || JsonReading.IsAbsolute(mark.Text("attrs", "href"), "http", "https", "mailto") ? null : "INVALID_INPUT: a link needs an absolute href";
    }
}
