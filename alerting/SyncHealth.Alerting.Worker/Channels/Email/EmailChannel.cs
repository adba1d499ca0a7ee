using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using SyncHealth.Alerting.Messages;

namespace SyncHealth.Alerting.Worker.Channels.Email;

/// <summary>Sends e-mail. A server that says 4xx is asked again, one that says 5xx is not (RFC 5321, 4.2.1).</summary>
internal sealed class EmailChannel(EmailOptions options, ChannelHttp http) : IChannel
{
    /// <summary>First code that refuses for good.</summary>
    private const int FirstPermanent = 500;

    /// <summary>Longest word of a server quoted, in characters.</summary>
    private const int MaxQuoteLength = 200;

    public string Receiver => options.Name;

    public async Task<Delivery> SendAsync(Notification notification, CancellationToken cancellationToken)
    {
        var mail = EmailMessage.Of(notification.Message, options, http.WallNow);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Greeting, TLS, sign-in and the message are each a round trip or more.
        deadline.CancelAfter(ChannelHttp.Timeout * 3);
        using var client = new EmailClient();
        var isSending = false;
        try
        {
            await OpenAsync(client, deadline.Token);
            isSending = true;
            var said = await client.SendAsync(mail, deadline.Token);
            return Delivery.Done(Redact(client.Refused is [var first, ..] ? $"{said}; but not to {client.Refused.Count}: {Describe(first)}" : said), mail.MessageId);
        }
        catch (TargetRefusedException refused)
        {
            return Delivery.GiveUp(refused.Message);
        }
        catch (SmtpCommandException refused)
        {
            var codes = client.Refused.Select(response => (int)response.StatusCode).DefaultIfEmpty((int)refused.StatusCode).ToArray();
            return Refuse(codes.All(code => code >= FirstPermanent), client.Refused is [var first, ..] ? Describe(first) : $"{(int)refused.StatusCode} {refused.Message}");
        }
        catch (AuthenticationException refused)
        {
            return Refuse(isPermanent: true, $"sign-in refused: {refused.Message}");
        }
        catch (NotSupportedException missing)
        {
            return Refuse(isPermanent: true, missing.Message);
        }
        catch (Exception failure) when (failure is IOException or SocketException or ProtocolException or SslHandshakeException or ServiceNotConnectedException)
        {
            return new Delivery(DeliveryStatus.Retry, $"no answer: {failure.GetType().Name}") { MayHaveArrived = isSending };
        }
        catch (OperationCanceledException)
        {
            return new Delivery(DeliveryStatus.Retry, "no answer in time") { MayHaveArrived = isSending };
        }
    }

    private async Task OpenAsync(EmailClient client, CancellationToken cancellationToken)
    {
        var stream = await http.Guard.ConnectAsync(options.Host, options.Port, cancellationToken);
        await client.ConnectAsync(stream, options.Host, options.Port, options.Tls switch
        {
            EmailTls.Tls => SecureSocketOptions.SslOnConnect,
            EmailTls.None => SecureSocketOptions.None,
            _ => SecureSocketOptions.StartTls,
        }, cancellationToken);
        if (options.Username is { } username)
            await client.AuthenticateAsync(username, options.Password.Reveal(), cancellationToken);
    }

    private Delivery Refuse(bool isPermanent, string detail) =>
        new(isPermanent ? DeliveryStatus.GiveUp : DeliveryStatus.Retry, Redact(detail));

    private static string Describe(SmtpResponse response) => string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {response.Response}");

    private string Redact(string text) => options.Password.Redact(PlainText.Line(text, MaxQuoteLength));
}
