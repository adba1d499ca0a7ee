namespace SyncHealth.Alerting.Receivers.Slack;

/// <summary>The channel's messages.</summary>
public sealed record SlackState(IReadOnlyList<SlackMessage> Messages);
