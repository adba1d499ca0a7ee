using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SyncHealth.Alerting.Receivers;
using SyncHealth.Alerting.Worker.Channels;
using SyncHealth.Alerting.Worker.Channels.Email;
using SyncHealth.Alerting.Worker.Channels.Jira;
using SyncHealth.Alerting.Worker.Channels.PagerDuty;
using SyncHealth.Alerting.Worker.Channels.Slack;
using SyncHealth.Alerting.Worker.Channels.Webhook;

namespace SyncHealth.Alerting.Worker.Tests;

/// <summary>The strict fakes on a loopback port, over real HTTP.</summary>
internal sealed class FakeSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeSite(WebApplication app) => _app = app;

    public ReceiverState State => _app.Services.GetRequiredService<FakeReceivers>().State;

    /// <summary>What people in the channel may do.</summary>
    public FakeReceivers Fakes => _app.Services.GetRequiredService<FakeReceivers>();

    public Uri Address => new(_app.Urls.Single() + "/");

    /// <summary>Receivers of the other kinds.</summary>
    public IReadOnlyList<ChannelOptions> OtherReceivers =>
    [
        new SlackOptions { Name = "slack-bot", BotToken = new Secret("xoxb-demo"), Channel = "C0DEMO", ApiUrl = new Uri(Address, "receivers/slack/api") },
        new EmailOptions { Name = "email", Host = "127.0.0.1", Port = Fakes.SmtpPort!.Value, Tls = EmailTls.None, From = "alerts@example.com", To = "ops@example.com, night@example.com" },
        new WebhookOptions(new Secret(new ReceiverOptions().WebhookSecret)) { Name = "webhook", Url = new Uri(Address, "receivers/webhook") },
    ];

    /// <summary>Receivers that lead here, under the names of the shipped rules.</summary>
    public IReadOnlyList<ChannelOptions> Receivers =>
    [
        new PagerDutyOptions { Name = "pagerduty", RoutingKey = new Secret("0123456789abcdef0123456789abcdef"), Url = new Uri(Address, "receivers/pagerduty/v2/enqueue") },
        new SlackOptions { Name = "slack", WebhookUrl = new Secret(new Uri(Address, "receivers/slack/services/T0/B0/secret").AbsoluteUri) },
        new JiraOptions { Name = "jira", BaseUrl = new Uri(Address, "receivers/jira"), Project = "OPS", Email = "alerts@example.com", Token = new Secret("jira-token") },
    ];

    public static async Task<FakeSite> StartAsync(TimeProvider clock, TimeProvider? wallClock = null, Action<ReceiverOptions>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(clock);
        var options = new ReceiverOptions { JiraSearchLag = TimeSpan.Zero, SmtpPort = 0, WallClock = wallClock ?? TimeProvider.System };
        configure?.Invoke(options);
        builder.Services.AddSyncHealthReceivers(options);
        var app = builder.Build();
        app.MapSyncHealthReceivers();
        await app.StartAsync();
        return new FakeSite(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
