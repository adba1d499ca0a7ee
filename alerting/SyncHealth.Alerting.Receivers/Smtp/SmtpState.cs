namespace SyncHealth.Alerting.Receivers.Smtp;

/// <summary>The mailbox.</summary>
public sealed record SmtpState(IReadOnlyList<SmtpMail> Mails);
