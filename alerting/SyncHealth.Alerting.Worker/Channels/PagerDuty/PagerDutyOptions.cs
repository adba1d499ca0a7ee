namespace SyncHealth.Alerting.Worker.Channels.PagerDuty;

/// <summary>A PagerDuty service with an Events API v2 integration.</summary>
public sealed class PagerDutyOptions : ChannelOptions
{
    /// <summary>Length of every routing key, in characters (developer.pagerduty.com/docs/events-api-v2-overview).</summary>
    public const int RoutingKeyLength = 32;

    /// <summary>The integration's key. Required.</summary>
    public Secret RoutingKey { get; set; } = new("");

    /// <summary>The whole enqueue address; the European one is <c>https://events.eu.pagerduty.com/v2/enqueue</c>.</summary>
    public Uri? Url { get; set; } = new("https://events.pagerduty.com/v2/enqueue");

    /// <summary>The whole address of change events. Default: that beside <see cref="Url"/>.</summary>
    public Uri? ChangeUrl { get; set; }

    /// <summary>Where change events go: <c>/v2/change/enqueue</c> beside <c>/v2/enqueue</c>.</summary>
    internal Uri? ChangeTarget => ChangeUrl ?? (Url is { IsAbsoluteUri: true } url && url.AbsolutePath.EndsWith("/enqueue", StringComparison.Ordinal)
        ? new Uri(url, "change/enqueue")
        : null);

    internal override string Type => "pagerduty";

    internal override bool HearsAcknowledgements => true;

    internal override bool TakesDigests => false;

    internal override IReadOnlyList<Secret> Secrets => [RoutingKey];

    internal override IReadOnlyList<(string Key, Uri? Address)> Targets => ChangeUrl is null ? [("url", Url)] : [("url", Url), ("changeUrl", ChangeUrl)];

    internal override IEnumerable<string> Problems()
    {
        if (RoutingKey.Reveal().Length != RoutingKeyLength)
            yield return $"routingKey: must have {RoutingKeyLength} characters";
    }

    internal override IChannel Create(ChannelHttp http) => new PagerDutyChannel(this, http);
}
