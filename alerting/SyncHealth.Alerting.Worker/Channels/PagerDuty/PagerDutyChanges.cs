using SyncHealth.Storage.Releases;

namespace SyncHealth.Alerting.Worker.Channels.PagerDuty;

/// <summary>Tells PagerDuty that a release is in traffic: responders see it beside the incident that follows.</summary>
internal sealed class PagerDutyChanges(PagerDutyOptions options, ChannelHttp http)
{
    public string Receiver => options.Name;

    /// <summary>Tries once. Does not throw for what a vendor or a network can do.</summary>
    public async Task<Delivery> SendAsync(LeasedReleaseNotice release, string? dashboard, CancellationToken cancellationToken)
    {
        if (options.ChangeTarget is not { } target)
            return Delivery.GiveUp("url does not end in /enqueue; set changeUrl");
        // Keys of event orchestrations begin so, and take no change events (developer.pagerduty.com/docs/send-change-event).
        if (options.RoutingKey.Reveal().StartsWith('R'))
            return Delivery.GiveUp("a routing key that begins with R takes no change events");
        using var request = new HttpRequestMessage(HttpMethod.Post, target);
        request.Content = ChannelHttp.Json(PagerDutyChangePayload.Of(release, options.RoutingKey, dashboard));
        var answer = await http.SendAsync(request, options.Secrets, cancellationToken);
        return answer.Failure ?? Delivery.Done($"{answer.Status}");
    }
}
