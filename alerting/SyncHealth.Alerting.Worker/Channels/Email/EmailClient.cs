using MailKit.Net.Smtp;
using MimeKit;

namespace SyncHealth.Alerting.Worker.Channels.Email;

/// <summary>A mail session in which one address that is refused does not keep the others from being told.</summary>
internal sealed class EmailClient : SmtpClient
{
    private readonly List<SmtpResponse> _refused = [];

    /// <summary>What the server said to each recipient it refused.</summary>
    public IReadOnlyList<SmtpResponse> Refused => _refused;

    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => _refused.Add(response);
}
