using MimeKit;

namespace SyncHealth.Alerting.Worker.Channels.Email;

/// <summary>People who read e-mail, through a mail server (SMTP).</summary>
public sealed class EmailOptions : ChannelOptions
{
    /// <summary>Recipients at most: more want a mailing list.</summary>
    public const int MaxRecipients = 50;

    private const int MaxPort = 65_535;

    /// <summary>Name of the mail server. Required.</summary>
    public string Host { get; set; } = "";

    /// <summary>Its port for submission (RFC 6409).</summary>
    public int Port { get; set; } = 587;

    public EmailTls Tls { get; set; } = EmailTls.StartTls;

    /// <summary>The sender's address. Required.</summary>
    public string From { get; set; } = "";

    /// <summary>Addresses, between commas. Required.</summary>
    public string To { get; set; } = "";

    /// <summary>Who signs in; null for a server that asks for nobody.</summary>
    public string? Username { get; set; }

    /// <summary>The password of <see cref="Username"/>.</summary>
    public Secret Password { get; set; } = new("");

    internal override string Type => "email";

    internal override bool HasSecret => Username is null || !Password.IsEmpty;

    internal override IReadOnlyList<Secret> Secrets => [Password];

    internal override IReadOnlyList<(string Key, Uri? Address)> Targets => [];

    internal override string TargetName => Host;

    internal IEnumerable<MailboxAddress> Recipients => Split(To).Select(MailboxAddress.Parse);

    internal override IEnumerable<string> Problems()
    {
        if (Uri.CheckHostName(Host) == UriHostNameType.Unknown)
            yield return "host: must be the name of a mail server";
        if (Port is < 1 or > MaxPort)
            yield return $"port: must be from 1 to {MaxPort}";
        if (!IsAddress(From))
            yield return "from: must be one e-mail address";
        if (Split(To) is not { Length: > 0 and <= MaxRecipients } to || !to.All(IsAddress))
            yield return $"to: must be 1 to {MaxRecipients} e-mail addresses, between commas";
        if (Tls == EmailTls.None && Username is not null)
            yield return "tls: a password does not go over a connection in the clear";
    }

    internal override IChannel Create(ChannelHttp http) => new EmailChannel(this, http);

    private static string[] Split(string addresses) => addresses.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsAddress(string text) =>
        MailboxAddress.TryParse(text, out var address) && address.Address.Contains('@', StringComparison.Ordinal) && !text.Any(char.IsControl);
}
