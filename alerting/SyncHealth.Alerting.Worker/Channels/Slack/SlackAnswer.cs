using System.Text.Json;
using System.Text.Json.Nodes;
using SyncHealth.Alerting.Messages;

namespace SyncHealth.Alerting.Worker.Channels.Slack;

/// <summary>An answer of the Web API: its errors come with HTTP status 200 and <c>ok: false</c>.</summary>
/// <param name="Failure">Null when Slack did it.</param>
/// <param name="Error">Slack's word for what is wrong.</param>
/// <param name="Message">The message it made or changed.</param>
internal sealed record SlackAnswer(Delivery? Failure, string Error, SlackReference? Message)
{
    /// <summary>Longest error quoted, in characters.</summary>
    private const int MaxError = 100;

    /// <summary>Errors that pass (docs.slack.dev/reference/methods/chat.postMessage#errors).</summary>
    private static readonly string[] Passing =
        ["ratelimited", "rate_limited", "message_limit_exceeded", "internal_error", "fatal_error", "request_timeout", "service_unavailable", "team_added_to_org"];

    /// <summary>Passing errors after which the message may be there all the same.</summary>
    private static readonly string[] InDoubt = ["internal_error", "fatal_error", "request_timeout"];

    /// <summary>The token is worth nothing any more.</summary>
    private static readonly string[] Ends = ["token_revoked", "token_expired", "account_inactive", "invalid_auth", "team_disabled"];

    public static SlackAnswer Of(HttpAnswer answer)
    {
        if (answer.Failure is { } failure)
            return new SlackAnswer(failure, "", null);
        var body = Parse(answer.Body);
        if (body?["ok"] is not JsonValue ok || !ok.TryGetValue<bool>(out var isOk))
            return new SlackAnswer(new Delivery(DeliveryStatus.Retry, "the answer is not Slack's") { MayHaveArrived = true }, "", null);
        if (isOk)
            return new SlackAnswer(null, "", SlackReference.Parse($"{Text(body, "channel")}:{Text(body, "ts")}"));

        var error = PlainText.Line(Text(body, "error"), MaxError);
        return new SlackAnswer(
            new Delivery(Passing.Contains(error) ? DeliveryStatus.Retry : DeliveryStatus.GiveUp, $"{answer.Status} {error}")
            {
                MayHaveArrived = InDoubt.Contains(error), Disables = Ends.Contains(error),
            },
            error, null);
    }

    private static string Text(JsonObject body, string key) => body[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

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
