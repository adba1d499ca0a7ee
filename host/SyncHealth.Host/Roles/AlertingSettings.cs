using SyncHealth.Alerting.Digests;
using SyncHealth.Alerting.Receivers;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Worker;
using SyncHealth.Alerting.Worker.Channels;
using SyncHealth.Alerting.Worker.Channels.Email;
using SyncHealth.Alerting.Worker.Channels.Jira;
using SyncHealth.Alerting.Worker.Channels.PagerDuty;
using SyncHealth.Alerting.Worker.Channels.Slack;
using SyncHealth.Alerting.Worker.Channels.Webhook;
using Route = SyncHealth.Alerting.Routing.Route;

namespace SyncHealth.Host.Roles;

/// <summary>Reads the alerting section of the settings; the demo's receivers are the fakes in the same process.</summary>
internal static class AlertingSettings
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(15);

    /// <summary>The hour of the demo's daily digest: 08:00 of the shared clock.</summary>
    private const int DigestMinute = 8 * 60;

    /// <exception cref="StartupException">A value is wrong; the message names the key.</exception>
    public static AlertingOptions Read(PlatformPlan plan)
    {
        var options = new AlertingOptions
        {
            RulesFile = plan.RulesFile ?? plan.Settings.Text("Alerting:RulesFile"),
            ReceiversFile = plan.Settings.Text("Alerting:ReceiversFile"),
            Interval = plan.Settings.Span("Alerting:Interval", DefaultInterval, AlertingOptions.MinInterval, AlertingOptions.MaxInterval),
            AllowPrivateTargets = plan.Settings.Flag("Alerting:AllowPrivateTargets", fallback: plan.IsDemo),
            DashboardUrl = DashboardUrl(plan),
            HeartbeatUrl = HeartbeatUrl(plan),
        };
        foreach (var name in (plan.Settings.Text("Alerting:HealthReceivers") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            options.HealthReceivers.Add(name);
        if (plan.IsDemo)
        {
            foreach (var receiver in Fakes(plan.Url + Platform.ReceiversPath, plan.MailPort))
                options.Receivers.Add(receiver);
            if (plan.OpensTickets)
                options.Routes.Add(new Route { Match = [LabelMatcher.Exactly("severity", "critical")], Notify = ["pagerduty", "jira"] });
            options.Digests.Add(new DigestDefinition("morning", ["email"]) { Minute = DigestMinute, Zone = TimeZoneInfo.Utc });
        }

        return options;
    }

    /// <summary>Whoever knows the address can pretend that all is well, so it may stand in a file.</summary>
    private static Secret? HeartbeatUrl(PlatformPlan plan)
    {
        if (plan.Settings.Text("Alerting:HeartbeatUrl") is { } url)
            return new Secret(url);
        if (plan.Settings.Text("Alerting:HeartbeatUrlFile") is not { } file)
            return null;
        try
        {
            return new Secret(File.ReadAllText(file));
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(ExitCodes.Configuration, $"SYNCHEALTH__Alerting__HeartbeatUrlFile: {missing.Message}");
        }
    }

    private static Uri? DashboardUrl(PlatformPlan plan)
    {
        if (plan.Settings.Text("Alerting:DashboardUrl") is not { } text)
            return plan.Roles.HasFlag(PlatformRoles.Dashboard) ? new Uri(plan.Url) : null;
        return Uri.TryCreate(text, UriKind.Absolute, out var url)
            ? url
            : throw new StartupException(ExitCodes.Configuration, $"SYNCHEALTH__Alerting__DashboardUrl is '{text}'; set it to the address under which people open the dashboard.");
    }

    /// <summary>What the fakes accept is what the vendors accept: a key of 32 characters, a webhook path, a project.</summary>
    private static ChannelOptions[] Fakes(string at, int mailPort) =>
    [
        new PagerDutyOptions { Name = "pagerduty", Url = new Uri(at + "/pagerduty/v2/enqueue"), RoutingKey = new Secret(new string('d', PagerDutyOptions.RoutingKeyLength)) },
        new SlackOptions { Name = "slack", BotToken = new Secret("xoxb-demo"), Channel = "C0DEMO", ApiUrl = new Uri(at + "/slack/api"), Fallback = "webhook" },
        new JiraOptions { Name = "jira", BaseUrl = new Uri(at + "/jira"), Project = "OPS", Email = "demo@example.com", Token = new Secret("demo"), Fallback = "webhook" },
        new WebhookOptions(new Secret(new ReceiverOptions().WebhookSecret)) { Name = "webhook", Url = new Uri(at + "/webhook") },
        new EmailOptions { Name = "email", Host = "127.0.0.1", Port = mailPort, Tls = EmailTls.None, From = "alerts@example.com", To = "team@example.com" },
    ];
}
