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
        main{display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));gap:1.5rem;align-items:start}
        h1{font-size:1.4rem}h2{font-size:1.05rem;border-bottom:1px solid var(--line);padding-bottom:.3rem}
        article{border:1px solid var(--line);border-left-width:4px;border-radius:.4rem;padding:.6rem .8rem;margin:.7rem 0;overflow-wrap:anywhere}
        .bad{border-left-color:var(--bad)}.good{border-left-color:var(--good)}
        .soft{color:var(--soft);font-size:.85rem}details{margin-top:.3rem}pre{white-space:pre-wrap;font:inherit;margin:.3rem 0}
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
        "key " + incident.DedupKey);

    private static string Change(PagerDutyChange change) => Card("good", change.Summary, Moment(change.At), "");

    private static string Message(SlackMessage message) => Card(
        message.Text.StartsWith("RESOLVED", StringComparison.Ordinal) ? "good" : "bad",
        WebUtility.HtmlDecode(message.Text),
        Moment(message.At) + (message.Edits > 0 ? $" · edited {message.Edits.ToString(CultureInfo.InvariantCulture)} times" : ""),
        WebUtility.HtmlDecode(string.Join('\n', message.Lines.Skip(1).Concat(message.Replies.Select(reply => "reply: " + reply)))));

    private static string Message(WebhookDelivery message) => Card(
        message.Type == "alert.resolved" ? "good" : "bad",
        message.Headline.Length > 0 ? message.Headline : message.Type,
        $"{message.Type} · {Moment(message.At)}{(message.Copies > 1 ? $" · came {message.Copies.ToString(CultureInfo.InvariantCulture)} times" : "")}",
        message.Id + "\n" + message.Body);

    private static string Mail(SmtpMail mail) => Card(
        mail.Subject.StartsWith("[RESOLVED", StringComparison.Ordinal) ? "good" : "bad",
        mail.Subject,
        $"to {string.Join(", ", mail.Recipients)} · {Moment(mail.At)}{(mail.InReplyTo is null ? "" : " · in the thread of its incident")}",
        mail.Raw);

    private static string Issue(JiraIssue issue) => Card(
        issue.Status == "Done" ? "good" : "bad",
        $"{issue.Key} {issue.Summary}",
        $"{issue.Resolution ?? issue.Status} · {issue.IssueType} · created {Moment(issue.CreatedAt)}{(issue.DoneAt is { } end ? $" · done {Moment(end)}" : "")}",
        string.Join("\n", issue.Labels.Prepend("labels:").Concat(issue.Links.Select(link => "follows " + link)).Concat(issue.Comments.Select(comment => "\ncomment: " + comment))));

    private static string Refused(Rejection rejection) => Card(
        "bad", rejection.Reason, $"{rejection.Vendor} · {rejection.Status.ToString(CultureInfo.InvariantCulture)} · {Moment(rejection.At)}", "");

    private static string Card(string tone, string title, string line, string more) => $"""
        <article class="{tone}"><strong>{WebUtility.HtmlEncode(title)}</strong><div class="soft">{WebUtility.HtmlEncode(line)}</div>{(more.Length == 0 ? "" : $"<details><summary>more</summary><pre>{WebUtility.HtmlEncode(more)}</pre></details>")}</article>
        """;

    private static string Moment(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
