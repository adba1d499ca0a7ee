namespace SyncHealth.Alerting.Worker.Channels.Slack;

/// <summary>A message that a bot posted: where Slack says it is, and the time by which Slack knows it.</summary>
internal sealed record SlackReference(string Channel, string Ts)
{
    private const char Between = ':';

    /// <summary>What <see cref="ToString"/> made; null when it was something else.</summary>
    public static SlackReference? Parse(string? text) =>
        text?.Split(Between) is [{ Length: > 0 } channel, { Length: > 0 } ts] ? new SlackReference(channel, ts) : null;

    public override string ToString() => $"{Channel}{Between}{Ts}";
}
