using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Alerting.Rules;
using Xunit;

namespace SyncHealth.Alerting.Tests.Rules;

public sealed class RuleDocumentReaderTests
{
    private const string Minimal = """
        rules:
          - name: rate
            metric: success_rate
            below: 95
        """;

    [Fact]
    public void Read_RateWithoutOptionalKeys_TakesTheContractsDefaults()
    {
        var rule = Assert.Single(Document(Minimal).Rules);

        Assert.Equal(TimeSpan.FromMinutes(15), rule.Window);
        Assert.Equal(TimeSpan.Zero, rule.For);
        Assert.Equal(TimeSpan.Zero, rule.KeepFiringFor);
        Assert.Equal(TimeSpan.FromSeconds(10), rule.GroupWait);
        Assert.Equal(100, rule.MinAttempts);
        Assert.Equal(20, rule.MinDevices);
        Assert.Equal(95, rule.Recover);
        Assert.Equal(RuleClock.Arrival, rule.Clock);
        Assert.Equal("production", rule.Environment);
        Assert.Null(rule.App);
    }

    [Fact]
    public void Read_DeviceShareWithoutWindow_CountsTheDevicesActiveInAWeek()
    {
        var rule = Assert.Single(Document("""
            rules:
              - { name: queue, metric: queue_depth_share, depthOver: 1000, above: 1.0 }
            """).Rules);

        Assert.Equal(TimeSpan.FromDays(7), rule.Window);
        Assert.Equal(0, rule.MinAttempts);
        Assert.Equal(1000, rule.DepthOver);
    }

    [Fact]
    public void Read_EveryKey_IsRead()
    {
        var rule = Assert.Single(Document("""
            rules:
              - name: all
                metric: conflict_rate
                above: 120.5
                app: notes
                environment: beta
                window: 1h
                for: 10m
                keepFiringFor: 5m
                recover: 100
                minAttempts: 50
                minDevices: 0
                confidence: 0.99
                clock: event
                mode: point
                groupWait: 0s
                severity: info
                notify: [slack, jira, slack]
                labels: { team: sync }
                annotations: { hint: "look at merges" }
                runbook: https://wiki.example.com/merges
            """).Rules);

        Assert.Equal(
            (120.5, "notes", "beta", TimeSpan.FromHours(1), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(5), 100d, 50, 0, 0.99),
            (rule.Limit, rule.App, rule.Environment, rule.Window, rule.For, rule.KeepFiringFor, rule.Recover, rule.MinAttempts, rule.MinDevices, rule.Confidence));
        Assert.Equal((RuleClock.Event, TimeSpan.Zero, AlertSeverity.Info), (rule.Clock, rule.GroupWait, rule.Severity));
        Assert.Equal(["slack", "jira"], rule.Notify);
        Assert.Equal("sync", rule.Labels["team"]);
        Assert.Equal("look at merges", rule.Annotations["hint"]);
        Assert.Equal("https://wiki.example.com/merges", rule.Runbook);
    }

    /// <summary>Each mistake names line, key and what is allowed.</summary>
    [Theory]
    [InlineData("rules:\n  - { name: a, metric: success_rat, below: 95 }", 2, "rules[a].metric", "success_rate, first_try_rate, duration_p50_ms")]
    [InlineData("rules:\n  - name: a\n    metric: success_rate\n    below: 95\n    widow: 15m", 5, "rules[a].widow", "unknown key. Allowed: name, metric, below")]
    [InlineData("rules:\n  - name: a\n    metric: success_rate\n    below: 95\n    by: [country]", 5, "rules[a].by", "Allowed: app_version, os, os_version, network, device_model, type, trigger, tag:NAME")]
    [InlineData("rules:\n  - { name: a, metric: queue_depth_share, above: 1, depthOver: 9, by: [type] }", 2, "rules[a].by", "not known for queue_depth_share")]
    [InlineData("rules:\n  - { name: a, metric: success_rate, below: 95, filter: ['os'] }", 2, "rules[a].filter", "dimension:value")]
    [InlineData("rules:\n  - { name: a, metric: success_rate, below: 95, filter: ['outcome:failure'] }", 2, "rules[a].filter", "allowed dimensions: app_version")]
    [InlineData("rules:\n  - { name: a, metric: success_rate, below: 95, dropsBy: 2 }", 2, "rules[a].dropsBy", "one threshold")]
    [InlineData("rules:\n  - { name: a, metric: success_rate, risesBy: 2 }", 2, "rules[a].risesBy", "takes 'below' or 'dropsBy'")]
    [InlineData("rules:\n  - { name: a, metric: success_rate, dropsBy: 2, comparedWith: yesterday }", 2, "rules[a].comparedWith", "Allowed: last_week, previous_release")]
    [InlineData("rules:\n  - { name: a, metric: success_rate, dropsBy: 2, comparedWith: previous_release }", 2, "rules[a].comparedWith", "by: [app_version]")]
    [InlineData("rules:\n  - { name: a, metric: success_rate, below: 95, comparedWith: last_week }", 2, "rules[a].comparedWith", "needs 'dropsBy' or 'risesBy'")]
    [InlineData("rules:\n  - { name: a, metric: queue_depth_share, depthOver: 9, risesBy: 2 }", 2, "rules[a].risesBy", "takes 'above'")]
    [InlineData("rules:\n  - { name: a, metric: slow_share, above: 2 }", 2, "rules[a]", "'slowerThan' is missing")]
    [InlineData("rules:\n  - { name: a, metric: staleness_share, above: 2, staleAfter: 1d, slowerThan: 1m }", 2, "rules[a].slowerThan", "which takes 'staleAfter'")]
    [InlineData("rules:\n  - { name: a, metric: conflict_rate, above: 2, mode: bound }", 2, "rules[a].mode", "has no bound")]
    [InlineData("rules:\n  - { name: a, metric: success_rate, below: 95, ignoreErrors: [weather] }", 2, "rules[a].ignoreErrors", "offline, timeout, server")]
    [InlineData("rules:\n  - { name: a, metric: attempts, below: 1, minAttempts: 9 }", 2, "rules[a].minAttempts", "counts no attempts against each other")]
    [InlineData("rules:\n  - { name: a, metric: attempts, below: 1, noData: alert }", 2, "rules[a].noData", "measures silence itself")]
    [InlineData("rules:\n  - { name: a, metric: success_rate, below: 95, noData: resolve }", 2, "rules[a].noData", "Allowed: hold, alert")]
    [InlineData("rules:\n  - { name: a, metric: success_rate, below: 95, newGroupGrace: 1h }", 2, "rules[a].newGroupGrace", "needs 'by'")]
    [InlineData("rules:\n  - { name: a, metric: success_rate, below: 95, lateLimit: 1h }", 2, "rules[a].lateLimit", "needs clock: event")]
    [InlineData("rules:\n  - { name: a, metric: silent_share, above: 5, silentAfter: 1d, clock: event }", 2, "rules[a].clock", "Allowed: arrival")]
    [InlineData("rules:\n  - { name: a, metric: success_rate, above: 95 }", 2, "rules[a].above", "takes 'below'")]
    [InlineData("rules:\n  - { name: a, metric: success_rate }", 2, "rules[a]", "'below' is missing")]
    [InlineData("rules:\n  - { metric: success_rate, below: 95 }", 2, "rules[0]", "'name' is missing")]
    [InlineData("rules:\n  - { name: a, metric: success_rate, below: 101 }", 2, "rules[a].below", "from 0 to 100")]
    [InlineData("rules:\n  - { name: a, metric: success_rate, below: .nan }", 2, "rules[a].below", "from 0 to 100")]
    [InlineData("rules:\n  - { name: a, metric: success_rate, below: 95, recover: 90 }", 2, "rules[a].recover", "good side")]
    [InlineData("rules:\n  - { name: a, metric: success_rate, below: 95, window: 30s }", 2, "rules[a].window", "from 1m to 1d")]
    [InlineData("rules:\n  - { name: a, metric: success_rate, below: 95, window: 15 }", 2, "rules[a].window", "15m")]
    [InlineData("rules:\n  - { name: a, metric: success_rate, below: 95, depthOver: 5 }", 2, "rules[a].depthOver", "queue_depth_share only")]
    [InlineData("rules:\n  - { name: a, metric: queue_depth_share, above: 1 }", 2, "rules[a]", "'depthOver' is missing")]
    [InlineData("rules:\n  - { name: a, metric: queue_depth_share, above: 1, depthOver: 9, minAttempts: 9 }", 2, "rules[a].minAttempts", "use minDevices")]
    [InlineData("rules:\n  - { name: a, metric: success_rate, below: 95, severity: fatal }", 2, "rules[a].severity", "critical, error, warning, ticket, info")]
    [InlineData("rules:\n  - { name: a, metric: success_rate, below: 95, mode: mean }", 2, "rules[a].mode", "Allowed: point, bound")]
    [InlineData("rules:\n  - { name: a, metric: success_rate, below: 95, notify: slack }", 2, "rules[a].notify", "list")]
    [InlineData("rules:\n  - { name: a, metric: success_rate, below: 95, runbook: wiki }", 2, "rules[a].runbook", "absolute")]
    [InlineData("rules:\n  - { name: a, metric: success_rate, below: 95 }\n  - { name: a, metric: success_rate, below: 90 }", 3, "rules[a].name", "twice")]
    [InlineData("rule: []", 1, "file.rule", "Allowed: rules, routes, timeIntervals, digests, receivers")]
    [InlineData("rules: { a: b }", 1, "rules", "list")]
    [InlineData("[1, 2]", 1, "file", "mapping")]
    [InlineData("rules:\n  - [", 3, "file", "not YAML")]
    [InlineData("receivers:\n  p: { type: pager }", 2, "receivers.p.type", "pagerduty, slack, jira")]
    [InlineData("receivers:\n  p:\n    type: pagerduty\n    routingKey: abc", 4, "receivers.p.routingKey", "Use routingKeyFile or routingKeyEnv")]
    [InlineData("receivers:\n  p: { type: pagerduty }", 2, "receivers.p", "exactly one of routingKeyFile and routingKeyEnv")]
    [InlineData("receivers:\n  s: { type: slack, webhookUrlFile: f, chanel: ops }", 2, "receivers.s.chanel", "unknown key")]
    [InlineData("receivers:\n  s: { type: slack, channel: C1 }", 2, "receivers.s", "needs webhookUrlFile (or webhookUrlEnv) or botTokenFile (or botTokenEnv)")]
    [InlineData("receivers:\n  s: { type: slack, botTokenFile: f, botTokenEnv: E }", 2, "receivers.s", "at most one of botTokenFile and botTokenEnv")]
    [InlineData("receivers:\n  s:\n    type: slack\n    botToken: xoxb", 4, "receivers.s.botToken", "Use botTokenFile or botTokenEnv")]
    [InlineData("receivers:\n  j: { type: jira, baseUrl: 'https://x', email: e, tokenEnv: T }", 2, "receivers.j", "'project' is missing")]
    public void Read_Mistake_IsRefusedWithLineKeyAndRemedy(string yaml, int line, string key, string message)
    {
        var reading = RuleDocumentReader.Read(yaml);

        Assert.Null(reading.Document);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal((line, key), (problem.Line, problem.Key));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("silent_share, above: 2, silentAfter: 1d, excludeOffline: true", "freshness_share and staleness_share only")]
    [InlineData("success_rate, below: 95, excludeOffline: false", "freshness_share and staleness_share only")]
    [InlineData("freshness_share, below: 95, staleAfter: 15m, excludeOffline: maybe", "Allowed: true, false")]
    public void Read_ExcludeOffline_BelongsToFreshnessAndIsTrueOrFalse(string rule, string message)
    {
        var problem = Assert.Single(RuleDocumentReader.Read($"rules:\n  - {{ name: a, metric: {rule} }}").Problems);

        Assert.Equal("rules[a].excludeOffline", problem.Key);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("above: 1", "above", "release_verdict decides that by itself")]
    [InlineData("window: 1d", "window", "leave it out")]
    [InlineData("minDevices: 9", "minDevices", "leave it out")]
    [InlineData("by: [app_version, os]", "by", "must be [app_version] or [app_version, os, network]")]
    [InlineData("by: [os_version]", "by", "Allowed: app_version, os, network.")]
    [InlineData("filter: ['app_version:2.5.0']", "filter", "allowed dimensions: os, network")]
    [InlineData("filter: ['tag:cohort:beta']", "filter", "allowed dimensions: os, network")]
    [InlineData("ignoreErrors: [offline]", "ignoreErrors", "counts no failures")]
    public void Read_ReleaseRule_RefusesWhatItsVerdictDecides(string keys, string key, string message)
    {
        var problem = Assert.Single(RuleDocumentReader.Read($"rules:\n  - {{ name: a, metric: release_verdict, {keys} }}").Problems);

        Assert.Equal((2, $"rules[a].{key}"), (problem.Line, problem.Key));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ReleaseRule_IsByReleaseWithoutThresholdOrGrace()
    {
        var rule = Assert.Single(Document("rules: [{ name: a, metric: release_verdict }]").Rules);

        Assert.Equal(["app_version"], rule.By);
        Assert.Equal((0d, 0, 0, TimeSpan.Zero, RuleMode.Point), (rule.Limit, rule.MinAttempts, rule.MinDevices, rule.NewGroupGrace, rule.Mode));
    }

    [Fact]
    public void Read_SeveralMistakes_NamesThemAll()
    {
        var reading = RuleDocumentReader.Read("rules:\n  - { name: a, metric: success_rate, below: 95, window: x, for: y }\n  - { name: b, metric: nope }");

        Assert.Equal(3, reading.Problems.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet")]
    [InlineData("rules:")]
    [InlineData("rules: []\nreceivers: {}")]
    public void Read_NothingInIt_IsAnEmptyDocument(string yaml) => Assert.Empty(Document(yaml).Rules);

    [Fact]
    public void Read_TooLong_IsRefusedUnread() =>
        Assert.Contains("longer", Assert.Single(RuleDocumentReader.Read(new string('#', RuleDocumentReader.MaxLength + 1)).Problems).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_Receivers_KeepTheirKeysAndNoSecrets()
    {
        var receiver = Assert.Single(Document("receivers:\n  ops: { type: jira, baseUrl: 'https://x.example', project: OPS, email: e@x, tokenFile: t }").Receivers);

        Assert.Equal(("ops", ReceiverType.Jira, "t"), (receiver.Name, receiver.Type, receiver.Settings["tokenFile"]));
    }

    [Fact]
    public void Read_AnyText_NeverThrows()
    {
        var noise = Gen.Elements("rules:", "receivers:", "\n", "  ", "- ", "name: a", "metric: ", "success_rate", "{", "}", "[", "]", "&x", "*x", "!!", "|", "\"", "'", ":", "\t", "\0", "é", "below: 95", ",")
            .ListOf().Select(string.Concat);
        Prop.ForAll(noise.ToArbitrary(), text => RuleDocumentReader.Read(text) is { } reading && (reading.Document is null) == (reading.Problems.Count > 0))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithQuietOnSuccess(true));
    }

    private static RuleDocument Document(string yaml)
    {
        var reading = RuleDocumentReader.Read(yaml);
        Assert.Empty(reading.Problems);
        return reading.Document!;
    }
}
