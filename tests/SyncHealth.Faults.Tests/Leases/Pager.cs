using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SyncHealth.Alerting.Receivers;
using SyncHealth.Alerting.Receivers.PagerDuty;

namespace SyncHealth.Faults.Tests.Leases;

/// <summary>PagerDuty's strict stand-in on a loopback port.</summary>
internal sealed class Pager : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Pager(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single() + "/receivers/pagerduty/v2/enqueue");

    /// <summary>Incidents of an app.</summary>
    public IEnumerable<PagerDutyIncident> IncidentsOf(string app) => _app.Services.GetRequiredService<FakeReceivers>().State.PagerDuty.Incidents.Where(incident => incident.Source == app);

    public static async Task<Pager> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSyncHealthReceivers(new ReceiverOptions());
        var app = builder.Build();
        app.MapSyncHealthReceivers();
        await app.StartAsync();
        return new Pager(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
