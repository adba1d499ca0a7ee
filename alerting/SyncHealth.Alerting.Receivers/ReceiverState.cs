using System.Text.Json.Serialization;
using SyncHealth.Alerting.Receivers.Jira;
using SyncHealth.Alerting.Receivers.PagerDuty;
using SyncHealth.Alerting.Receivers.Slack;
using SyncHealth.Alerting.Receivers.Smtp;
using SyncHealth.Alerting.Receivers.Webhook;

namespace SyncHealth.Alerting.Receivers;

/// <summary>What each vendor would show now, oldest first, and what it refused.</summary>
public sealed record ReceiverState(
    [property: JsonPropertyName("pagerduty")] PagerDutyState PagerDuty, SlackState Slack, JiraState Jira, WebhookState Webhook, SmtpState Smtp, IReadOnlyList<Rejection> Rejections);
