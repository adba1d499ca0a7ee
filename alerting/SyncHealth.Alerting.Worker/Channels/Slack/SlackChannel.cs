namespace SyncHealth.Alerting.Worker.Channels.Slack;

/// <summary>
/// Posts to a Slack webhook. A webhook names no message it made, so the end of an incident is a message of its own,
/// and an answer that was lost can mean one message twice.
/// </summary>
internal sealed class SlackChannel(SlackOptions options, ChannelHttp http) : IChannel
{
    public string Receiver => options.Name;

    public async Task<Delivery> SendAsync(Notification notification, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.WebhookUrl.Reveal());
        request.Content = ChannelHttp.Json(SlackPayload.Of(notification.Message));
        var answer = await http.SendAsync(request, options.Secrets, cancellationToken);
        return answer.Failure ?? Delivery.Done($"{answer.Status}");
    }
}
