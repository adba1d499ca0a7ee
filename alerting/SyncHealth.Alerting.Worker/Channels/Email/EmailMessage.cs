using System.Net;
using System.Text;
using MimeKit;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Routing;

namespace SyncHealth.Alerting.Worker.Channels.Email;

/// <summary>An alert as an e-mail: plain text and HTML of the same, in one thread per incident, marked as sent by a program (RFC 3834).</summary>
internal static class EmailMessage
{
    /// <summary>Longest subject, in characters: what a list of mails shows.</summary>
    private const int MaxSubject = 120;

    /// <summary>Facts kept, and characters of each.</summary>
    private const int MaxFacts = 50;

    private const int MaxFact = 500;

    public static MimeMessage Of(AlertMessage message, EmailOptions options, DateTimeOffset sentAt)
    {
        var domain = MailboxAddress.Parse(options.From).Domain;
        var thread = $"{message.IncidentKey}@{domain}";
        var mail = new MimeMessage { Date = sentAt, Subject = SubjectOf(message), MessageId = IdOf(message, domain) };
        mail.From.Add(MailboxAddress.Parse(options.From));
        mail.To.AddRange(options.Recipients);
        if (mail.MessageId != thread)
        {
            mail.InReplyTo = thread;
            mail.References.Add(thread);
        }

        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        mail.Body = new BodyBuilder { TextBody = PlainOf(message), HtmlBody = HtmlOf(message) }.ToMessageBody();
        return mail;
    }

    /// <summary>Stable over all attempts: the beginning has the incident's own, what follows one of its own.</summary>
    private static string IdOf(AlertMessage message, string domain) =>
        message.Kind == NoticeKind.Digest || (message.Kind == NoticeKind.Trigger && message.At == message.Since)
            ? $"{message.IncidentKey}@{domain}"
            : FormattableString.Invariant($"{message.IncidentKey}.{Wording.Of(message.Kind)}.{message.At.ToUnixTimeMilliseconds()}@{domain}");

    private static string SubjectOf(AlertMessage message)
    {
        var headline = PlainText.Line(Headline.Of(message), MaxSubject - 2);
        var state = headline.IndexOf(' ', StringComparison.Ordinal);
        return state < 0 ? headline : $"[{headline[..state]}]{headline[state..]}";
    }

    private static IEnumerable<(string Label, string Text)> FactsOf(AlertMessage message) =>
        MessageFacts.Of(message).Concat(message.Labels.Select(pair => (pair.Key, pair.Value))).Take(MaxFacts)
            .Select(fact => (PlainText.Line(fact.Item1, MaxFact), PlainText.Line(fact.Item2, MaxFact)));

    private static IEnumerable<(string Label, string Text)> LinksOf(AlertMessage message) =>
        new[] { ("Dashboard", message.DashboardUrl), ("Runbook", message.RunbookUrl), ("Silence or acknowledge", message.AlertsUrl) }.Where(link => link.Item2 is not null).Select(link => (link.Item1, link.Item2!));

    private static string PlainOf(AlertMessage message) => string.Join(
        "\r\n",
        [PlainText.Line(Headline.Of(message), MaxFact), "", .. FactsOf(message).Concat(LinksOf(message)).Select(fact => $"{fact.Label}: {fact.Text}"), ""]);

    private static string HtmlOf(AlertMessage message)
    {
        var html = new StringBuilder("<!doctype html><html><body style=\"font-family:sans-serif\">");
        html.Append("<p><strong>").Append(WebUtility.HtmlEncode(PlainText.Line(Headline.Of(message), MaxFact))).Append("</strong></p><table>");
        foreach (var (label, text) in FactsOf(message))
            html.Append("<tr><th align=\"left\">").Append(WebUtility.HtmlEncode(label)).Append("</th><td>").Append(WebUtility.HtmlEncode(text)).Append("</td></tr>\r\n");
        html.Append("</table><p>");
        foreach (var (label, address) in LinksOf(message))
            html.Append("<a href=\"").Append(WebUtility.HtmlEncode(address)).Append("\">").Append(label).Append("</a> ");
        return html.Append("</p></body></html>\r\n").ToString();
    }
}
