namespace SyncHealth.Alerting.Receivers.Webhook;

/// <summary>A message as a consumer of Standard Webhooks keeps it.</summary>
/// <param name="Id">Its identity; a message that comes twice under one id is one message.</param>
/// <param name="Type">What happened, as <c>alert.triggered</c>.</param>
/// <param name="Headline">The <c>headline</c> of its data, where there is one.</param>
/// <param name="Copies">How often it came.</param>
public sealed record WebhookDelivery(string Id, string Type, string Headline, string Body, int Copies, DateTimeOffset At);
