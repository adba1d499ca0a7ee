namespace SyncHealth.Alerting.Worker.Channels.Slack;

/// <summary>A Slack channel: by a bot's token, by an incoming webhook, or by the token with the webhook for the day the token is refused.</summary>
public sealed class SlackOptions : ChannelOptions
{
    /// <summary>Longest name of a channel, in characters (docs.slack.dev/reference/methods/conversations.create).</summary>
    private const int MaxChannel = 80;

    /// <summary>The webhook's address; who knows it can post.</summary>
    public Secret WebhookUrl { get; set; } = new("");

    /// <summary>Token of a bot with the scope <c>chat:write</c> that is a member of the channel.</summary>
    public Secret BotToken { get; set; } = new("");

    /// <summary>Id of the channel the bot posts to, as <c>C0123456789</c>. Required with a bot token, meaningless without.</summary>
    public string? Channel { get; set; }

    /// <summary>Where the Web API is.</summary>
    public Uri? ApiUrl { get; set; } = new("https://slack.com/api");

    internal override string Type => "slack";

    /// <summary>As a reply in the thread; a webhook has none.</summary>
    internal override bool HearsAcknowledgements => !BotToken.IsEmpty;

    internal override bool HasSecret => !WebhookUrl.IsEmpty || !BotToken.IsEmpty;

    internal override IReadOnlyList<Secret> Secrets => [WebhookUrl, BotToken];

    internal override IReadOnlyList<(string Key, Uri? Address)> Targets =>
    [
        .. BotToken.IsEmpty ? Array.Empty<(string, Uri?)>() : [("apiUrl", ApiUrl)],
        .. WebhookUrl.IsEmpty ? Array.Empty<(string, Uri?)>() : [("webhookUrl", Uri.TryCreate(WebhookUrl.Reveal(), UriKind.Absolute, out var address) ? address : null)],
    ];

    internal override IEnumerable<string> Problems()
    {
        if (BotToken.IsEmpty && Channel is not null)
            yield return "channel: only a bot token can choose it; a webhook has its own";
        if (!BotToken.IsEmpty && (Channel is not { Length: > 0 and <= MaxChannel } name || name.Any(char.IsWhiteSpace) || name.Contains(':', StringComparison.Ordinal)))
            yield return "channel: must be the id of the channel that the bot posts to, as C0123456789";
    }

    internal override IChannel Create(ChannelHttp http) => BotToken.IsEmpty ? new SlackWebhookChannel(this, http) : new SlackBotChannel(this, http);
}
