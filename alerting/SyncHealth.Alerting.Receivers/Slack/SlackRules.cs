using System.Text.Json.Nodes;

namespace SyncHealth.Alerting.Receivers.Slack;

/// <summary>What an incoming webhook accepts (docs.slack.dev/reference/block-kit/blocks).</summary>
internal static class SlackRules
{
    private const int MaxBlocks = 50;
    private const int MaxSectionText = 3000;
    private const int MaxFields = 10;
    private const int MaxField = 2000;
    private const int MaxHeader = 150;
    private const int MaxContextElements = 10;
    private const int MaxActions = 25;
    private const int MaxActionId = 255;
    private const int MaxButtonText = 75;
    private const int MaxUrl = 3000;

    /// <summary>Block text of a whole message: undocumented; messages of about 13,200 characters were seen to fail.</summary>
    private const int MaxTotal = 13_000;

    /// <summary>The first thing wrong with a message in Slack's words, or null; the detail is for our own page.</summary>
    public static (string Error, string Detail)? Error(JsonObject body)
    {
        if (body.Text("text") is not { Length: > 0 })
            return ("no_text", "top-level 'text' is missing: no notification, nothing for a screen reader");
        if (body["blocks"] is null)
            return null;
        if (body["blocks"] is not JsonArray blocks)
            return ("invalid_blocks", "'blocks' is not a list");
        if (blocks.Count > MaxBlocks)
            return ("invalid_blocks", $"more than {MaxBlocks} blocks");
        if (blocks.Select(BlockError).FirstOrDefault(error => error is not null) is { } wrong)
            return ("invalid_blocks", wrong);
        return Lines(blocks).Sum(JsonReading.Length) > MaxTotal ? ("msg_blocks_too_long", $"more than {MaxTotal} characters in all blocks") : null;
    }

    /// <summary>The texts of all blocks.</summary>
    public static IEnumerable<string> Lines(JsonArray blocks) => blocks.SelectMany(block =>
        new[] { block.Text("text", "text") }
            .Concat((block.At("fields") as JsonArray ?? []).Select(field => field.Text("text")))
            .Concat((block.At("elements") as JsonArray ?? []).Select(element => element.Text("text", "text") ?? element.Text("text")))
            .OfType<string>());

    private static string? BlockError(JsonNode? block) => block.Text("type") switch
    {
        "header" => TextError(block.At("text"), MaxHeader, "plain_text"),
        "section" => SectionError(block),
        "context" => block.At("elements") is JsonArray { Count: > 0 and <= MaxContextElements } ? null : $"context needs 1 to {MaxContextElements} elements",
        "actions" => ActionsError(block.At("elements") as JsonArray),
        "divider" => null,
        var type => $"unsupported type of block: {type}",
    };

    private static string? SectionError(JsonNode? block)
    {
        var text = block.At("text");
        var fields = block.At("fields") as JsonArray;
        if (text is null && fields is null)
            return "section needs text or fields";
        if (text is not null && TextError(text, MaxSectionText, "mrkdwn", "plain_text") is { } wrong)
            return wrong;
        if (fields is { Count: 0 or > MaxFields })
            return $"section takes 1 to {MaxFields} fields";
        return fields?.Select(field => TextError(field, MaxField, "mrkdwn", "plain_text")).FirstOrDefault(error => error is not null);
    }

    private static string? ActionsError(JsonArray? elements)
    {
        if (elements is not { Count: > 0 and <= MaxActions })
            return $"actions takes 1 to {MaxActions} elements";
        if (elements.GroupBy(element => element.Text("action_id")).Any(group => group.Key is not null && group.Count() > 1))
            return "action_id is not unique";
        return elements.Select(ButtonError).FirstOrDefault(error => error is not null);
    }

    private static string? ButtonError(JsonNode? button)
    {
        if (button.Text("type") != "button")
            return "only buttons are known here";
        if (button.Text("action_id") is { Length: > MaxActionId })
            return $"action_id is longer than {MaxActionId}";
        if (button.At("url") is not null && (!JsonReading.IsAbsolute(button.Text("url"), "http", "https") || button.Text("url")!.Length > MaxUrl))
            return "url of a button is no address, or too long";
        return TextError(button.At("text"), MaxButtonText, "plain_text");
    }

    private static string? TextError(JsonNode? text, int max, params string[] types)
    {
        if (text.Text("type") is not { } type || !types.Contains(type))
            return $"text must be of type {string.Join(" or ", types)}";
        return text.Text("text") is { Length: > 0 } content && JsonReading.Length(content) <= max ? null : $"text must have 1 to {max} characters";
    }
}
