using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.Worker.Channels;
using SyncHealth.Alerting.Worker.Channels.Jira;
using SyncHealth.Alerting.Worker.Channels.PagerDuty;
using SyncHealth.Alerting.Worker.Channels.Slack;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests;

public sealed class AlertingSetupTests : IDisposable
{
    private const string Key = "0123456789abcdef0123456789abcdef";
    private readonly string _folder = Directory.CreateTempSubdirectory("alerting-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Load_NothingConfigured_RunsTheShippedRulesWithoutReceivers()
    {
        var setup = AlertingSetup.Load(new AlertingOptions());

        Assert.Equal(["sync-success-rate", "sync-duration-p99", "upload-queue-depth"], setup.Rules.Select(rule => rule.Name));
        Assert.Empty(setup.Receivers);
        Assert.Equal((95d, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(5), 100, 20, AlertSeverity.Critical),
            (setup.Rules[0].Limit, setup.Rules[0].Window, setup.Rules[0].For, setup.Rules[0].MinAttempts, setup.Rules[0].MinDevices, setup.Rules[0].Severity));
        Assert.Equal((60_000d, 1000, 1d, 50), (setup.Rules[1].Limit, setup.Rules[2].DepthOver, setup.Rules[2].Limit, setup.Rules[2].MinDevices));
    }

    [Fact]
    public void Load_Receivers_FetchesSecretsFromFilesBesideTheFileAndFromTheEnvironment()
    {
        Write("pagerduty.key", Key + "\n");
        Environment.SetEnvironmentVariable("SYNCHEALTH_TEST_SLACK", "https://hooks.slack.com/services/T/B/X");
        Write("jira.token", "token");
        var file = Write("receivers.yaml", """
            receivers:
              pagerduty: { type: pagerduty, routingKeyFile: pagerduty.key, url: https://events.eu.pagerduty.com/v2/enqueue }
              team: { type: slack, webhookUrlEnv: SYNCHEALTH_TEST_SLACK }
              jira: { type: jira, baseUrl: https://x.atlassian.net, project: OPS, issueType: Task, email: a@example.com, tokenFile: jira.token }
            """);

        var receivers = AlertingSetup.Load(new AlertingOptions { ReceiversFile = file }).Receivers;

        var pager = Assert.IsType<PagerDutyOptions>(receivers[0]);
        Assert.Equal((Key, "https://events.eu.pagerduty.com/v2/enqueue"), (pager.RoutingKey.Reveal(), pager.Url!.AbsoluteUri));
        Assert.Equal("https://hooks.slack.com/services/T/B/X", Assert.IsType<SlackOptions>(receivers[1]).WebhookUrl.Reveal());
        Assert.Equal(("Task", "token"), (Assert.IsType<JiraOptions>(receivers[2]).IssueType, ((JiraOptions)receivers[2]).Token.Reveal()));
    }

    [Fact]
    public void Load_ExampleOfReceivers_HoldsOnlyKnownKeys() =>
        Assert.Empty(RuleDocumentReader.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "receivers.example.yaml"))).Problems);

    [Fact]
    public void Load_ReceiverInCodeAndInAFile_TakesTheFiles()
    {
        Write("key", Key);
        var options = new AlertingOptions { RulesFile = Write("rules.yaml", "receivers: { pagerduty: { type: pagerduty, routingKeyFile: key } }") };
        options.Receivers.Add(new PagerDutyOptions { Name = "pagerduty", RoutingKey = new Secret(new string('x', 32)) });

        Assert.Equal(Key, Assert.IsType<PagerDutyOptions>(Assert.Single(AlertingSetup.Load(options).Receivers)).RoutingKey.Reveal());
    }

    [Theory]
    [InlineData("rules:\n  - { name: a, metric: success_rate, below: 95, notify: [pagerdutty] }\nreceivers:\n  p: { type: pagerduty, routingKeyFile: key }", "line 2: rules[a].notify: receiver 'pagerdutty' is not configured. Allowed: jira, p, pagerduty, slack.")]
    [InlineData("rules:\n  - { name: a, metric: latency, below: 95 }", "line 2: rules[a].metric: 'latency' is not known. Allowed: success_rate")]
    [InlineData("receivers:\n  p: { type: pagerduty, routingKeyFile: nowhere }", "line 2: receivers.p.routingKeyFile: Could not find file")]
    [InlineData("receivers:\n  p: { type: pagerduty, routingKeyEnv: SYNCHEALTH_TEST_ABSENT }", "receivers.p.routingKeyEnv: the environment has no variable 'SYNCHEALTH_TEST_ABSENT'")]
    [InlineData("receivers:\n  p: { type: pagerduty, routingKeyFile: short }", "receivers.p.routingKey: must have 32 characters")]
    [InlineData("receivers:\n  p: { type: pagerduty, routingKeyFile: key, url: http://events.example.com }", "receivers.p.url: must be an absolute https address")]
    [InlineData("receivers:\n  p: { type: pagerduty, routingKeyFile: key, url: 'https://a:b@events.example.com' }", "receivers.p.url: must be an absolute https address without credentials")]
    [InlineData("receivers:\n  w: { type: webhook, url: 'http://hooks.example.com', secretFile: key }", "receivers.w.url: must be an absolute https address")]
    [InlineData("receivers:\n  w: { type: webhook, url: 'https://hooks.example.com', secretFile: key, format: am }", "receivers.w.format: 'am' is not known. Allowed: standard, alertmanager.")]
    [InlineData("receivers:\n  w: { type: webhook, url: 'https://hooks.example.com', secretFile: short }", "receivers.w.secret: each line must be whsec_")]
    [InlineData("receivers:\n  p: { type: pagerduty, routingKeyFile: key, fallback: q }", "receivers.p.fallback: 'q' is no other configured receiver")]
    [InlineData("receivers:\n  p: { type: pagerduty, routingKeyFile: key, fallback: p }", "receivers.p.fallback: 'p' is no other configured receiver")]
    [InlineData("receivers:\n  s: { type: slack, webhookUrlFile: short }", "receivers.s.webhookUrl: must be an absolute https address")]
    public void Load_Mistake_StopsTheStartAndNamesIt(string yaml, string message)
    {
        Write("key", Key);
        Write("short", "canary");
        var options = new AlertingOptions { RulesFile = Write("rules.yaml", yaml) };

        var refused = Assert.Throws<AlertingConfigurationException>(() => AlertingSetup.Load(options));

        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ReceiverWhoseSecretIsEmpty_StartsAndCountsAsNotConfigured()
    {
        Write("empty", "\n");
        Write("key", Key);
        var setup = AlertingSetup.Load(new AlertingOptions
        {
            RulesFile = Write("rules.yaml", """
                receivers:
                  p: { type: pagerduty, routingKeyFile: empty }
                  s: { type: slack, webhookUrlFile: empty }
                  j: { type: jira, baseUrl: https://x.atlassian.net, project: OPS, email: a@example.com, tokenFile: empty }
                  w: { type: webhook, url: https://hooks.example.com, secretFile: empty }
                  q: { type: pagerduty, routingKeyFile: key, fallback: p }
                """),
        });

        Assert.Equal([false, false, false, false, true], setup.Receivers.Select(receiver => receiver.HasSecret));
        Assert.Equal(["q"], setup.ConfiguredNames);
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(3601)]
    public void Load_IntervalOutOfRange_NamesTheKeyToSet(double seconds) => Assert.Contains(
        "SYNCHEALTH__Alerting__Interval",
        Assert.Throws<AlertingConfigurationException>(() => AlertingSetup.Load(new AlertingOptions { Interval = TimeSpan.FromSeconds(seconds) })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Load_FileIsMissing_NamesTheKeyToSet() => Assert.Contains(
        "SYNCHEALTH__Alerting__RulesFile",
        Assert.Throws<AlertingConfigurationException>(() => AlertingSetup.Load(new AlertingOptions { RulesFile = Path.Combine(_folder, "absent.yaml") })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Load_SameReceiverInBothFiles_IsRefused()
    {
        Write("key", Key);
        const string receiver = "receivers: { p: { type: pagerduty, routingKeyFile: key } }";
        var options = new AlertingOptions { RulesFile = Write("rules.yaml", receiver), ReceiversFile = Write("receivers.yaml", receiver) };

        Assert.Contains("configured twice", Assert.Throws<AlertingConfigurationException>(() => AlertingSetup.Load(options)).Message, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
