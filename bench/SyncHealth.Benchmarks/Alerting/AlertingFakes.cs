using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SyncHealth.Alerting.Receivers;
using SyncHealth.Alerting.Worker.Channels;
using SyncHealth.Alerting.Worker.Channels.PagerDuty;

namespace SyncHealth.Benchmarks.Alerting;

/// <summary>The strict stand-ins on a loopback port, over real HTTP.</summary>
internal sealed class AlertingFakes : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AlertingFakes(WebApplication app) => _app = app;

    public ReceiverState State => _app.Services.GetRequiredService<FakeReceivers>().State;

    public IReadOnlyList<ChannelOptions> Receivers =>
        [new PagerDutyOptions { Name = "pagerduty", RoutingKey = new Secret("0123456789abcdef0123456789abcdef"), Url = new Uri(_app.Urls.Single() + "/receivers/pagerduty/v2/enqueue") }];

    public static async Task<AlertingFakes> StartAsync(TimeProvider wall, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSyncHealthReceivers(new ReceiverOptions { WallClock = wall });
        var app = builder.Build();
        app.MapSyncHealthReceivers();
        await app.StartAsync(cancellationToken);
        return new AlertingFakes(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
