using SyncHealth.Alerting.Receivers.Jira;
using SyncHealth.Alerting.Receivers.PagerDuty;
using SyncHealth.Alerting.Receivers.Slack;

namespace SyncHealth.Alerting.Receivers;

/// <summary>A PagerDuty, a Slack channel and a Jira site that accept exactly what the vendors accept, in memory.</summary>
public sealed class FakeReceivers
{
    private readonly RejectionLog _rejections;

    /// <param name="clock">The shared clock: when things arrived, beside the times that alerts speak of.</param>
    /// <param name="options">How the fakes behave.</param>
    public FakeReceivers(TimeProvider clock, ReceiverOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _rejections = new RejectionLog(clock);
        PagerDuty = new PagerDutyFake(clock, _rejections);
        Slack = new SlackFake(clock, options.WallClock, _rejections);
        Jira = new JiraFake(clock, options.WallClock, options, _rejections);
    }

    /// <summary>What each vendor would show now.</summary>
    public ReceiverState State =>
        new(new PagerDutyState(PagerDuty.Incidents), new SlackState(Slack.Messages), new JiraState(Jira.Issues), _rejections.Items);

    internal PagerDutyFake PagerDuty { get; }

    internal SlackFake Slack { get; }

    internal JiraFake Jira { get; }

    /// <summary>Notes a request that came without the vendor's credentials.</summary>
    internal FakeAnswer RefuseAccess(string vendor, int status, string body)
    {
        _rejections.Add(vendor, status, body);
        return FakeAnswer.Plain(status, body);
    }
}
