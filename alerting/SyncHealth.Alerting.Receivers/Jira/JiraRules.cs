using System.Text.Json.Nodes;

namespace SyncHealth.Alerting.Receivers.Jira;

/// <summary>What Jira Cloud v3 accepts in a new issue (developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues).</summary>
internal static class JiraRules
{
    private const int MaxSummary = 255;
    private const int MaxLabel = 255;

    /// <summary>Fields that stand on the create screen; others are refused.</summary>
    private static readonly string[] Screen = ["project", "issuetype", "summary", "description", "labels"];

    /// <summary>Everything wrong with the fields of a new issue, by field.</summary>
    public static JsonObject Errors(JsonNode? fields)
    {
        var errors = new JsonObject();
        if (fields.Text("project", "key") is null && fields.Text("project", "id") is null)
            errors["project"] = "Specify a valid project ID or key";
        if (fields.Text("issuetype", "name") is null && fields.Text("issuetype", "id") is null)
            errors["issuetype"] = "Specify an issue type";
        if (SummaryError(fields.Text("summary")) is { } summary)
            errors["summary"] = summary;
        if (fields.At("description") is { } description && AtlassianDocument.Error(description) is { } document)
            errors["description"] = document;
        if (LabelError(fields.At("labels")) is { } label)
            errors["labels"] = label;
        foreach (var (field, _) in fields as JsonObject ?? [])
            if (!Screen.Contains(field))
                errors[field] = $"Field '{field}' cannot be set. It is not on the appropriate screen, or unknown.";
        return errors;
    }

    private static string? SummaryError(string? summary)
    {
        if (string.IsNullOrWhiteSpace(summary))
            return "You must specify a summary of the issue.";
        if (summary.AsSpan().IndexOfAny('\n', '\r') >= 0)
            return "The summary is invalid because it contains newline characters.";
        return JsonReading.Length(summary) > MaxSummary ? $"Summary must be less than or equal to {MaxSummary} characters." : null;
    }

    /// <summary>What is wrong with a list of labels.</summary>
    public static string? LabelError(JsonNode? labels)
    {
        if (labels is null)
            return null;
        if (labels is not JsonArray list)
            return "data was not an array";
        foreach (var label in list)
            if (label is not JsonValue value || !value.TryGetValue<string>(out var text))
                return "data was not a string";
            else if (text.Contains(' ', StringComparison.Ordinal))
                return $"The label '{text}' contains spaces which is invalid.";
            else if (text.Length is 0 or > MaxLabel)
                return $"The label '{text}' exceeds the maximum length for a single label of {MaxLabel} characters.";
        return null;
    }
}
