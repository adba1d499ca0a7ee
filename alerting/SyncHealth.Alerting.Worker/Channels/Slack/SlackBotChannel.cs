using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace SyncHealth.Alerting.Worker.Channels.Slack;

/// <summary>
/// Keeps one message per incident: it is edited to say how things stand, and each change is a reply in its thread. Where the token is refused
/// and there is a webhook too, the webhook does what it can.
/// </summary>
internal sealed class SlackBotChannel(SlackOptions options, ChannelHttp http) : IChannel
{
    /// <summary>The message is not there any more: somebody deleted it.</summary>
    private const string Deleted = "message_not_found";

    /// <summary>It is there, but may not be edited; the thread can still be told.</summary>
    private static readonly string[] NotEditable = ["cant_update_message", "edit_window_closed", "update_failed"];

    private readonly SlackWebhookChannel _webhook = new(options, http);

    public string Receiver => options.Name;

    public async Task<Delivery> SendAsync(Notification notification, CancellationToken cancellationToken)
    {
        var delivery = SlackReference.Parse(notification.Reference) is { } message
            ? await ChangeAsync(notification, message, cancellationToken)
            : await PostAsync(notification, cancellationToken);
        if (delivery.Status != DeliveryStatus.GiveUp || options.WebhookUrl.IsEmpty)
            return delivery;
        var instead = await _webhook.SendAsync(notification, cancellationToken);
        return instead with { Detail = $"by webhook, because the bot was refused ({delivery.Detail}): {instead.Detail}" };
    }

    private async Task<Delivery> PostAsync(Notification notification, CancellationToken cancellationToken)
    {
        var body = SlackPayload.Build(notification.Message);
        body["channel"] = options.Channel;
        var answer = await CallAsync("chat.postMessage", body, cancellationToken);
        return answer.Failure ?? Delivery.Done("posted", answer.Message?.ToString());
    }

    private async Task<Delivery> ChangeAsync(Notification notification, SlackReference message, CancellationToken cancellationToken)
    {
        var edited = SlackPayload.Build(notification.Message);
        (edited["channel"], edited["ts"]) = (message.Channel, message.Ts);
        var edit = await CallAsync("chat.update", edited, cancellationToken);
        if (edit.Error == Deleted)
            return await PostAsync(notification, cancellationToken);
        // The edit says the same however often it is sent, so a reply that was in doubt is all that may come twice.
        if (edit.Failure is { } failure && !NotEditable.Contains(edit.Error))
            return failure with { MayHaveArrived = false };

        var reply = SlackPayload.Build(notification.Message);
        (reply["channel"], reply["thread_ts"]) = (message.Channel, message.Ts);
        var answer = await CallAsync("chat.postMessage", reply, cancellationToken);
        return answer.Failure ?? Delivery.Done(edit.Failure is null ? "edited and replied" : $"replied; not edited ({edit.Error})", message.ToString());
    }

    private async Task<SlackAnswer> CallAsync(string method, JsonObject body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{options.ApiUrl!.AbsoluteUri.TrimEnd('/')}/{method}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.BotToken.Reveal());
        request.Content = ChannelHttp.Json(SlackPayload.Write(body));
        return SlackAnswer.Of(await http.SendAsync(request, options.Secrets, cancellationToken));
    }
}
