using System.Globalization;
using System.Net;
using System.Text;
using SyncHealth.Alerting.Receivers.Jira;
using SyncHealth.Alerting.Receivers.PagerDuty;
using SyncHealth.Alerting.Receivers.Slack;
using SyncHealth.Alerting.Receivers.Smtp;
using SyncHealth.Alerting.Receivers.Webhook;

namespace SyncHealth.Alerting.Receivers.Page;

/// <summary>Shows what each receiver got, newest first. No script: the page asks for itself again.</summary>
internal static class ReceiversPage
{
    private const string Style = """
        :root{color-scheme:light dark;--line:color-mix(in srgb,currentColor 18%,transparent);--bad:#d1242f;--good:#1a7f37;--soft:color-mix(in srgb,currentColor 60%,transparent)}
        body{font:15px/1.5 system-ui,sans-serif;max-width:76rem;margin:2rem auto;padding:0 1rem}
        main{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(24rem,100%),1fr));gap:1.5rem;align-items:start}
        h1{font-size:1.4rem}h2{font-size:1.05rem;border-bottom:1px solid var(--line);padding-bottom:.3rem}
        article{border:1px solid var(--line);border-left-width:4px;border-radius:.4rem;padding:.6rem .8rem;margin:.7rem 0;overflow-wrap:anywhere}
        .bad{border-left-color:var(--bad)}.good{border-left-color:var(--good)}
        .soft,summary{color:var(--soft);font-size:.85rem}details,ol,pre{margin:.4rem 0 0}pre{white-space:pre-wrap;font:inherit;font-size:.9rem}
        ol{list-style:none;padding:0}li{border-left:2px solid var(--line);padding-left:.6rem;margin-top:.4rem;font-size:.9rem}
        pre.letter{max-height:16rem;overflow:auto;border-top:1px solid var(--line);padding-top:.4rem}
        """;

    public static string Of(ReceiverState state)
    {
        var sections = new StringBuilder();
        sections.Append(Section("PagerDuty", "incidents", state.PagerDuty.Incidents.Reverse().Select(Incident)));
        sections.Append(Section("PagerDuty changes", "changes", state.PagerDuty.Changes.Reverse().Select(Change)));
        sections.Append(Section("Slack", "messages", state.Slack.Messages.Reverse().Select(Message)));
        sections.Append(Section("Jira", "issues", state.Jira.Issues.Reverse().Select(Issue)));
        sections.Append(Section("E-mail", "mails", state.Smtp.Mails.Reverse().Select(Mail)));
        sections.Append(Section("Webhook", "messages", state.Webhook.Messages.Reverse().Select(Message)));
        if (state.Rejections.Count > 0)
            sections.Append(Section("Refused", "requests", state.Rejections.Reverse().Select(Refused)));
        return $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="10">
            <link rel="icon" href="data:,"><title>What the receivers got</title><style>{Style}</style></head><body>
            <h1>What the receivers got</h1>
            <p class="soft">Strict stand-ins: they refuse what the vendors refuse, and keep the vendors' state. Newest first.</p>
            <main>{sections}</main></body></html>
            """;
    }

    private static string Section(string title, string things, IEnumerable<string> items)
    {
        var all = items.ToArray();
        return $"<section><h2>{title} ({all.Length.ToString(CultureInfo.InvariantCulture)})</h2>{(all.Length == 0 ? $"""<p class="soft">No {things} yet.</p>""" : string.Concat(all))}</section>\n";
    }

    private static string Incident(PagerDutyIncident incident) => Card(
        incident.Status is "open" or "acknowledged" ? "bad" : "good",
        incident.Summary,
        $"{incident.Status} · {incident.Severity} · opened {Moment(incident.OpenedAt)}{(incident.ResolvedAt is { } end ? $" · resolved {Moment(end)}" : "")}",
        More("key " + incident.DedupKey));

    private static string Change(PagerDutyChange change) => Card("good", change.Summary, Moment(change.At), "");

    private static string Message(SlackMessage message) => Card(
        message.Text.StartsWith("RESOLVED", StringComparison.Ordinal) ? "good" : "bad",
        WebUtility.HtmlDecode(message.Text),
        Moment(message.At) + Often(" · edited", message.Edits, from: 1),
        Thread("reply", message.Replies.Select(reply => WebUtility.HtmlDecode(reply))) + More(WebUtility.HtmlDecode(string.Join('\n', message.Lines.Skip(1)))));

    private static string Message(WebhookDelivery message) => Card(
        message.Type == "alert.resolved" ? "good" : "bad",
        message.Headline.Length > 0 ? message.Headline : message.Type,
        $"{message.Type} · {Moment(message.At)}{Often(" · came", message.Copies, from: 2)}",
        More(message.Id + "\n" + message.Body));

    private static string Mail(SmtpMail mail) => Card(
        mail.Subject.StartsWith("[RESOLVED", StringComparison.Ordinal) ? "good" : "bad",
        mail.Subject,
        $"from {mail.From} · to {string.Join(", ", mail.Recipients)} · {Moment(mail.At)}{(mail.InReplyTo is null ? "" : " · in the thread of its incident")}{Often(" · came", mail.Copies, from: 2)}",
        $"""<pre class="letter" tabindex="0">{WebUtility.HtmlEncode(mail.Text.Trim())}</pre>""");

    private static string Issue(JiraIssue issue) => Card(
        issue.Status == "Done" ? "good" : "bad",
        $"{issue.Key} {issue.Summary}",
        $"{issue.Resolution ?? issue.Status} · {issue.IssueType} · created {Moment(issue.CreatedAt)}{(issue.DoneAt is { } end ? $" · done {Moment(end)}" : "")}{Often(" · opened again", issue.Reopened, from: 1)}",
        Thread("comment", issue.Comments) + More(string.Join('\n', issue.Links.Select(link => "follows " + link).Append(issue.Description).Append("labels: " + string.Join(", ", issue.Labels)))));

    private static string Refused(Rejection rejection) => Card(
        "bad", rejection.Reason, $"{rejection.Vendor} · {rejection.Status.ToString(CultureInfo.InvariantCulture)} · {Moment(rejection.At)}", "");

    /// <param name="tone">Whether it is good news.</param>
    /// <param name="title">What it says, in a line.</param>
    /// <param name="line">How it stands.</param>
    /// <param name="below">What else there is, as markup.</param>
    private static string Card(string tone, string title, string line, string below) => $"""
        <article class="{tone}"><strong>{WebUtility.HtmlEncode(title)}</strong><div class="soft">{WebUtility.HtmlEncode(line)}</div>{below}</article>
        """;

    /// <summary>What was added later, oldest first: what happened is read without a click.</summary>
    private static string Thread(string kind, IEnumerable<string> texts) => string.Concat(texts.Select(text => Later(kind, text.Trim().Split('\n', 2)))) is { Length: > 0 } items ? $"<ol>{items}</ol>" : "";

    private static string Later(string kind, string[] text) => $"<li>{WebUtility.HtmlEncode($"{kind}: {text[0]}")}{(text.Length > 1 ? More(text[1]) : "")}</li>";

    private static string More(string text) => text.Length == 0 ? "" : $"<details><summary>more</summary><pre>{WebUtility.HtmlEncode(text)}</pre></details>";

    private static string Often(string what, int count, int from) => count < from ? "" : $"{what} {(count == 1 ? "once" : $"{count.ToString(CultureInfo.InvariantCulture)} times")}";

    private static string Moment(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
