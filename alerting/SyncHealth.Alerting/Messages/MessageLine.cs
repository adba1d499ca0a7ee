namespace SyncHealth.Alerting.Messages;

/// <summary>One line of a message that is no alert.</summary>
public sealed record MessageLine(string Label, string Text)
{
    public static implicit operator MessageLine((string Label, string Text) line) => FromPair(line);

    public static MessageLine FromPair((string Label, string Text) line) => new(line.Label, line.Text);
}
