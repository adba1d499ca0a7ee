namespace SyncHealth.Alerting.Worker.Channels.Slack;

/// <summary>A Slack channel with an incoming webhook.</summary>
public sealed class SlackOptions : ChannelOptions
{
    /// <summary>The webhook's address; who knows it can post. Required.</summary>
    public Secret WebhookUrl { get; set; } = new("");

    internal override IReadOnlyList<Secret> Secrets => [WebhookUrl];

    internal override IReadOnlyList<(string Key, Uri? Address)> Targets =>
        [("webhookUrl", Uri.TryCreate(WebhookUrl.Reveal(), UriKind.Absolute, out var address) ? address : null)];

    internal override IEnumerable<string> Problems() => [];

    internal override IChannel Create(ChannelHttp http) => new SlackChannel(this, http);
}
