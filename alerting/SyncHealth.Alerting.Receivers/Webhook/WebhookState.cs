namespace SyncHealth.Alerting.Receivers.Webhook;

/// <summary>The consumer's messages.</summary>
public sealed record WebhookState(IReadOnlyList<WebhookDelivery> Messages);
