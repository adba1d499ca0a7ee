namespace SyncHealth.Alerting.Receivers.Slack;

/// <summary>A message as the channel shows it.</summary>
/// <param name="Text">The notification text.</param>
/// <param name="Lines">What the blocks say, one line each.</param>
public sealed record SlackMessage(DateTimeOffset At, string Text, IReadOnlyList<string> Lines)
{
    /// <summary>The channel a bot posted to; null for a webhook, which has its own.</summary>
    public string? Channel { get; init; }

    /// <summary>The time by which Slack knows the message, unique in its channel; null for a webhook, which is not told.</summary>
    public string? Ts { get; init; }

    /// <summary>How often it was edited.</summary>
    public int Edits { get; init; }

    /// <summary>Notification texts of the replies in its thread, oldest first.</summary>
    public IReadOnlyList<string> Replies { get; init; } = [];
}
