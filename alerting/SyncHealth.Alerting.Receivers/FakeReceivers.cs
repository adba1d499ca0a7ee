using SyncHealth.Alerting.Receivers.Jira;
using SyncHealth.Alerting.Receivers.PagerDuty;
using SyncHealth.Alerting.Receivers.Slack;
using SyncHealth.Alerting.Receivers.Smtp;
using SyncHealth.Alerting.Receivers.Webhook;

namespace SyncHealth.Alerting.Receivers;

/// <summary>A PagerDuty, a Slack workspace, a Jira site, a mailbox and a consumer of webhooks that accept exactly what the vendors accept, in memory.</summary>
public sealed class FakeReceivers
{
    private readonly RejectionLog _rejections;

    /// <param name="clock">The shared clock: when things arrived, beside the times that alerts speak of.</param>
    /// <param name="options">How the fakes behave.</param>
    public FakeReceivers(TimeProvider clock, ReceiverOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _rejections = new RejectionLog(clock);
        PagerDuty = new PagerDutyFake(clock, options, _rejections);
        Slack = new SlackFake(clock, options.WallClock, _rejections);
        Jira = new JiraFake(clock, options.WallClock, options, _rejections);
        Smtp = new SmtpFake(clock, options, _rejections);
        Webhook = new WebhookFake(clock, options.WallClock, options, _rejections);
    }

    /// <summary>What each vendor would show now.</summary>
    public ReceiverState State =>
        new(new PagerDutyState(PagerDuty.Incidents, PagerDuty.Changes), new SlackState(Slack.Messages), new JiraState(Jira.Issues), new WebhookState(Webhook.Messages), new SmtpState(Smtp.Mails), _rejections.Items);

    /// <summary>Deletes a Slack message, as somebody in the channel might.</summary>
    public void DeleteSlackMessage(string ts) => Slack.Delete(ts);

    /// <summary>Closes a Jira issue as a person does, under a resolution.</summary>
    public void CloseJiraIssue(string key, string resolution) => Jira.Close(key, resolution);

    /// <summary>Writes a comment on a Jira issue, as people do.</summary>
    public void CommentJiraIssue(string key, string text) => Jira.Say(key, text);

    /// <summary>Deletes a Jira issue.</summary>
    public void DeleteJiraIssue(string key) => Jira.Delete(key);

    /// <summary>Moves a Jira issue to another project, where it has another key.</summary>
    public void MoveJiraIssue(string key, string project) => Jira.MoveTo(key, project);

    internal PagerDutyFake PagerDuty { get; }

    internal SlackFake Slack { get; }

    internal JiraFake Jira { get; }

    /// <summary>Where the mail server listens; null when there is none.</summary>
    public int? SmtpPort => Smtp.Port;

    internal SmtpFake Smtp { get; }

    internal WebhookFake Webhook { get; }

    /// <summary>Notes a request that came without the vendor's credentials.</summary>
    internal FakeAnswer RefuseAccess(string vendor, int status, string body)
    {
        _rejections.Add(vendor, status, body);
        return FakeAnswer.Plain(status, body);
    }
}
