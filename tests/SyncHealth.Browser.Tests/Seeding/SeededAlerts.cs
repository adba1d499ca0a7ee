using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Browser.Tests.Seeding;

/// <summary>An alert of an app of its own, as the evaluator saves it.</summary>
internal sealed class SeededAlerts(Platform platform, string app)
{
    private const string Breach = """{"verdict":"breach","measurement":{"window":{"from":"2026-03-04T14:15:00Z","to":"2026-03-04T14:30:00Z"},"attempts":1240,"devices":212,"offending":169,"value":86.37}}""";

    private DateTimeOffset Now => platform.Clock.GetUtcNow();

    /// <summary>The app, and in it one alert of version 2.5.0.</summary>
    public async Task WriteAsync()
    {
        await new SeededStories(platform, app).WriteAsync(new SeededStories(platform, app).Sync("any", TimeSpan.FromMinutes(1)));
        await FireAsync("2.5.0");
    }

    /// <summary>An alert of one version that was pending and fires, told to two receivers: one has it, one waits.</summary>
    public async Task FireAsync(string version)
    {
        var store = platform.Host.Services.GetRequiredService<AlertStore>();
        var outbox = platform.Host.Services.GetRequiredService<AlertOutbox>();
        await store.ReplaceRulesAsync([new RuleSave("sync-success-rate", "critical", "{}", ["pagerduty", "slack"], new Dictionary<string, string>())], Now, CancellationToken.None);
        var save = new AlertSave
        {
            Rule = "sync-success-rate", App = app, Segment = new Dictionary<string, string> { ["app_version"] = version }, Version = 0, StateJson = "{}", Severity = "critical",
            Status = "pending", Since = Now.AddMinutes(-35), Episode = 1, Sequence = 1, Value = 86.37, Threshold = 95, Unit = "percent", Attempts = 1240, Devices = 212,
            EvaluatedAt = Now.AddMinutes(-35), Transition = new TransitionSave("inactive", "breach", Breach),
            Labels = new Dictionary<string, string> { ["rule"] = "sync-success-rate", ["app"] = app, ["class"] = "threshold", ["app_version"] = version },
        };
        Assert.True(await store.SaveAsync(save, CancellationToken.None));
        // Receivers of its own: tests at the same time must not deliver for each other.
        var told = (string[])[$"pagerduty-{app}", $"slack-{app}"];
        Assert.True(await store.SaveAsync(
            save with
            {
                Version = 1, Status = "firing", Since = Now.AddMinutes(-30), Sequence = 2, EvaluatedAt = Now.AddMinutes(-30),
                Transition = new TransitionSave("pending", "breach", Breach), Notices = new NoticeSave(1, "trigger", "{}", told, Now.AddMinutes(-30), Now.AddMinutes(-30)),
            },
            CancellationToken.None));
        await DeliverAsync(outbox, told[0]);
    }

    private async Task DeliverAsync(AlertOutbox outbox, string receiver)
    {
        var leased = await outbox.LeaseAsync(receiver, Now, Now, TimeSpan.FromMinutes(1), CancellationToken.None);
        Assert.NotNull(leased);
        Assert.True((await outbox.RecordAsync(leased, new NotificationOutcome("delivered", false, "202 accepted", Now, Now.AddSeconds(1), "PD-1"), CancellationToken.None)).IsRecorded);
    }
}
