using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace SyncHealth.Alerting.Worker.Channels.Webhook;

/// <summary>Posts signed messages. A message keeps its id over all its attempts, so that a receiver can leave out what it has seen; each attempt is signed anew.</summary>
internal sealed class WebhookChannel(WebhookOptions options, ChannelHttp http) : IChannel
{
    private const int Gone = 410;

    public string Receiver => options.Name;

    public async Task<Delivery> SendAsync(Notification notification, CancellationToken cancellationToken)
    {
        var id = WebhookPayload.IdOf(notification.Message);
        var body = Encoding.UTF8.GetBytes(options.Format == WebhookFormat.Alertmanager
            ? AlertmanagerPayload.Of(notification.Message, options.Name)
            : WebhookPayload.Of(notification.Message));
        var sentAt = http.WallNow;
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Url);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", sentAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Of(id, sentAt, body, options.Secrets));
        var answer = await http.SendAsync(request, options.Secrets, cancellationToken);
        return answer.Failure is { } failure
            ? failure with { Disables = answer.Status == Gone }
            : Delivery.Done($"{answer.Status}", id);
    }
}
