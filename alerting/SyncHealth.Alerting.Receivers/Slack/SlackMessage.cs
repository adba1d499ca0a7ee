namespace SyncHealth.Alerting.Receivers.Slack;

/// <summary>A message as the channel shows it.</summary>
/// <param name="Text">The notification text.</param>
/// <param name="Lines">What the blocks say, one line each.</param>
public sealed record SlackMessage(DateTimeOffset At, string Text, IReadOnlyList<string> Lines);
