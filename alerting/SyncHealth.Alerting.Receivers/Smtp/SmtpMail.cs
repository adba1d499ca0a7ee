namespace SyncHealth.Alerting.Receivers.Smtp;

/// <summary>A mail as a mailbox keeps it.</summary>
/// <param name="Id">Its Message-ID; a mail that comes twice under one id is one mail.</param>
/// <param name="InReplyTo">The Message-ID of the one it answers, which makes a thread; null for the first.</param>
/// <param name="Subject">Decoded.</param>
/// <param name="Raw">The message as it came.</param>
public sealed record SmtpMail(string Id, string? InReplyTo, string Subject, IReadOnlyList<string> Recipients, string Raw, int Copies, DateTimeOffset At)
{
    /// <summary>Who sent it, decoded.</summary>
    public string From { get; init; } = "";

    /// <summary>What its plain alternative says, decoded.</summary>
    public string Text { get; init; } = "";
}
