namespace SyncHealth.Alerting.Worker.Channels.Slack;

/// <summary>
/// Posts to a Slack webhook. A webhook names no message it made, so the end of an incident is a message of its own,
/// and an answer that was lost can mean one message twice.
/// </summary>
internal sealed class SlackWebhookChannel(SlackOptions options, ChannelHttp http) : IChannel
{
    /// <summary>Answers after which nothing can ever arrive there again (docs.slack.dev/messaging/sending-messages-using-incoming-webhooks).</summary>
    private static readonly string[] Ends = ["no_service", "no_active_hooks", "no_team", "team_disabled"];

    public string Receiver => options.Name;

    public async Task<Delivery> SendAsync(Notification notification, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.WebhookUrl.Reveal());
        request.Content = ChannelHttp.Json(SlackPayload.Of(notification.Message));
        var answer = await http.SendAsync(request, options.Secrets, cancellationToken);
        return answer.Failure is { } failure
            ? failure with { Disables = failure.Status == DeliveryStatus.GiveUp && Ends.Contains(answer.Body.Trim()) }
            : Delivery.Done($"{answer.Status}");
    }
}
