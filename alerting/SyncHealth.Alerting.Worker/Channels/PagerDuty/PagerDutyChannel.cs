namespace SyncHealth.Alerting.Worker.Channels.PagerDuty;

/// <summary>Opens and resolves PagerDuty incidents. Sending twice is harmless: PagerDuty joins events by their dedup key.</summary>
internal sealed class PagerDutyChannel(PagerDutyOptions options, ChannelHttp http) : IChannel
{
    /// <summary>How long to wait after a 429, which comes without a Retry-After: the vendor advises tries 30 s apart (developer.pagerduty.com/docs/events-api-v2-overview).</summary>
    internal static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);

    public string Receiver => options.Name;

    public async Task<Delivery> SendAsync(Notification notification, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Url);
        request.Content = ChannelHttp.Json(PagerDutyPayload.Of(notification.Message, options.RoutingKey));
        var answer = await http.SendAsync(request, options.Secrets, cancellationToken);
        return answer.Failure is { IsLimited: true, RetryAfter: null } limited
            ? limited with { RetryAfter = Quiet }
            : answer.Failure ?? Delivery.Done($"{answer.Status}", PagerDutyPayload.DedupKey(notification.Message));
    }
}
