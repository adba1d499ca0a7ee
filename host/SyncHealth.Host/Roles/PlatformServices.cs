using SyncHealth.Alerting.Receivers;
using SyncHealth.Alerting.Worker;
using SyncHealth.Alerting.Worker.Runbooks;
using SyncHealth.Api;
using SyncHealth.Dashboard;
using SyncHealth.Ingest;
using SyncHealth.SyncServer;

namespace SyncHealth.Host.Roles;

/// <summary>Adds and maps the apps of a plan's roles.</summary>
internal static class PlatformServices
{
    public static void Add(IServiceCollection services, PlatformPlan plan)
    {
        if (plan.Roles.HasFlag(PlatformRoles.Ingest))
            services.AddSyncHealthIngest(IngestOptionsOf(plan));
        if (plan.Roles.HasFlag(PlatformRoles.Alerting))
            services.AddSyncHealthAlerting(AlertingSettings.Read(plan));
        if (plan.Roles.HasFlag(PlatformRoles.Dashboard))
        {
            services.AddSyncHealthApi(ApiOptionsOf(plan));
            services.AddSyncHealthDashboard(DashboardOptionsOf(plan));
        }

        if (plan.IsDemo)
        {
            services.AddSyncHealthReceivers();
            services.AddNotesServer(new NotesServerOptions { ConnectionString = plan.ConnectionString });
        }
    }

    public static void Map(WebApplication app, PlatformPlan plan)
    {
        if (plan.Roles.HasFlag(PlatformRoles.Ingest))
            app.MapSyncHealthIngest();
        if (plan.Roles.HasFlag(PlatformRoles.Dashboard))
        {
            app.MapSyncHealthApi();
            app.MapSyncHealthRunbooks();
            app.MapSyncHealthDashboard();
        }

        if (plan.IsDemo)
        {
            app.MapSyncHealthReceivers(Platform.ReceiversPath);
            app.MapNotesServer(Platform.NotesPath);
        }
    }

    private static IngestOptions IngestOptionsOf(PlatformPlan plan) => new()
    {
        ClockName = plan.Speed > 1 ? "the demo's accelerated clock" : "the server's clock",
        MetricsToken = plan.Settings.Text("Ingest:MetricsToken"),
    };

    private static ApiOptions ApiOptionsOf(PlatformPlan plan) => new()
    {
        ReadToken = plan.ReadToken,
        LoopbackWithoutToken = plan.IsDemo,
    };

    private static DashboardOptions DashboardOptionsOf(PlatformPlan plan) => new()
    {
        IsDemo = plan.IsDemo,
        Speed = plan.Speed,
        ReceiversPath = plan.IsDemo ? Platform.ReceiversPath : null,
    };
}
