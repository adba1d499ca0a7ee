namespace SyncHealth.Alerting.Worker.Channels.Webhook;

/// <summary>Anything that takes Standard Webhooks.</summary>
public sealed class WebhookOptions : ChannelOptions
{
    /// <summary>Secrets that may sign at once: the new one and those that are still being replaced.</summary>
    public const int MaxSecrets = 5;

    private readonly IReadOnlyList<Secret> _signing;

    /// <param name="secrets">One <c>whsec_…</c> a line, the newest first: while a secret is being replaced, every one signs.</param>
    public WebhookOptions(Secret secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        _signing = [.. secrets.Reveal().Split((char[])['\n', '\r', ' '], StringSplitOptions.RemoveEmptyEntries).Select(line => new Secret(line))];
    }

    /// <summary>Where to post. Required.</summary>
    public Uri? Url { get; set; }

    internal override string Type => "webhook";

    /// <summary>What it takes.</summary>
    public WebhookFormat Format { get; set; } = WebhookFormat.Standard;

    /// <summary>Alertmanager knows none.</summary>
    internal override bool HearsAcknowledgements => Format == WebhookFormat.Standard;

    internal override bool TakesDigests => Format == WebhookFormat.Standard;

    internal override IReadOnlyList<Secret> Secrets => _signing;

    internal override bool HasSecret => _signing.Count > 0;

    internal override IReadOnlyList<(string Key, Uri? Address)> Targets => [("url", Url)];

    internal override IEnumerable<string> Problems()
    {
        if (_signing.Count > MaxSecrets)
            yield return $"secret: has more than {MaxSecrets} lines";
        if (_signing.Any(secret => WebhookSignature.KeyOf(secret) is null))
            yield return $"secret: each line must be {WebhookSignature.Prefix} and the base64 of {WebhookSignature.MinKeyBytes} to {WebhookSignature.MaxKeyBytes} bytes";
    }

    internal override IChannel Create(ChannelHttp http) => new WebhookChannel(this, http);
}
