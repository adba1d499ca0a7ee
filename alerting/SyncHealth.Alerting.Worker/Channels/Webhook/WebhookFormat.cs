namespace SyncHealth.Alerting.Worker.Channels.Webhook;

/// <summary>The body that a webhook gets.</summary>
public enum WebhookFormat
{
    /// <summary>Ours, of Standard Webhooks: <c>type</c>, <c>timestamp</c>, <c>data</c>.</summary>
    Standard = 1,

    /// <summary>That of Prometheus' Alertmanager, version 4, for consumers that exist.</summary>
    Alertmanager = 2,
}
