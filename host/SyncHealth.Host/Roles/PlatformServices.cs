using SyncHealth.Alerting.Receivers;
using SyncHealth.Alerting.Worker;
using SyncHealth.Alerting.Worker.Backtests;
using SyncHealth.Alerting.Worker.Runbooks;
using SyncHealth.Api;
using SyncHealth.Dashboard;
using SyncHealth.Dashboard.Access;
using SyncHealth.Host.Clock;
using SyncHealth.Ingest;
using SyncHealth.Samples.Notes;
using SyncHealth.Storage.Keys;
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
        {
            services.AddSyncHealthAlerting(AlertingSettings.Read(plan));
            services.AddHostedService<ReloadSignal>();
        }

        if (plan.Roles.HasFlag(PlatformRoles.Dashboard))
        {
            services.AddSyncHealthApi(ApiOptionsOf(plan));
            services.AddSyncHealthBacktests();
            services.AddSyncHealthDashboard(DashboardOptionsOf(plan));
        }

        if (plan.IsDemo)
        {
            services.AddSyncHealthReceivers(new ReceiverOptions { SmtpPort = plan.MailPort });
            services.AddNotesServer(new NotesServerOptions { ConnectionString = plan.ConnectionString, SyncLogEndpoint = new Uri(plan.Url), SyncLogKey = Platform.DemoKey });
            services.AddNotesSample(SampleOptionsOf(plan));
        }
    }

    public static void Map(WebApplication app, PlatformPlan plan)
    {
        // Pages ask who is there by their policy. These ask for keys and tokens of their own, or are for everybody; what is in neither is closed to all but admins.
        var open = app.MapGroup("").AllowAnonymous();
        if (plan.Roles.HasFlag(PlatformRoles.Ingest))
            open.MapSyncHealthIngest();
        if (plan.Roles.HasFlag(PlatformRoles.Dashboard))
        {
            open.MapSyncHealthApi(BacktestRoutes.Map);
            open.MapSyncHealthRunbooks();
            app.MapSyncHealthDashboard();
        }
        else
        {
            app.UseSyncHealthHeaders();
        }

        if (plan.IsDemo)
        {
            open.MapSyncHealthReceivers(Platform.ReceiversPath);
            open.MapNotesServer(Platform.NotesPath);
            open.MapNotesSample();
        }
    }

    private static IngestOptions IngestOptionsOf(PlatformPlan plan)
    {
        var defaults = new IngestOptions();
        return new IngestOptions
        {
            ClockName = plan.Speed > 1 ? "the demo's accelerated clock" : defaults.ClockName,
            MetricsToken = plan.Settings.Text("Ingest:MetricsToken"),
            EventsPerSecondPerKey = plan.Settings.Limit("Ingest:EventsPerSecondPerKey", defaults.EventsPerSecondPerKey, AppLimits.MaxEventsPerSecond),
            EventsPerSecondPerApp = plan.Settings.Limit("Ingest:EventsPerSecondPerApp", defaults.EventsPerSecondPerApp, AppLimits.MaxEventsPerSecond),
            RunLoops = plan.Settings.Flag("Ingest:RunLoops", defaults.RunLoops),
            SdkSample = plan.Settings.Real("Ingest:SdkSample", defaults.SdkSample, 0, 1),
            SdkInterval = plan.Settings.Span("Ingest:SdkInterval", defaults.SdkInterval, TimeSpan.Zero, IngestOptions.LongestSdkInterval),
            SdkPause = plan.Settings.Span("Ingest:SdkPause", defaults.SdkPause, TimeSpan.Zero, IngestOptions.LongestSdkPause),
        };
    }

    private static NotesSampleOptions SampleOptionsOf(PlatformPlan plan) => new()
    {
        Platform = () => new Uri(plan.Url),
        NotesPath = Platform.NotesPath,
        Key = Platform.DemoKey,
        DataFolder = plan.Folder.Phones,
        Speed = () => plan.Clock is AcceleratedTimeProvider fast ? fast.CurrentSpeed : 1,
    };

    private static ApiOptions ApiOptionsOf(PlatformPlan plan) => new()
    {
        ReadToken = plan.ReadToken,
        EditorToken = plan.EditorToken,
        AdminToken = plan.AdminToken,
        LoopbackWithoutToken = plan.IsDemo,
    };

    private static DashboardOptions DashboardOptionsOf(PlatformPlan plan) => new()
    {
        IsDemo = plan.IsDemo,
        Speed = plan.Speed,
        ReceiversPath = plan.IsDemo ? Platform.ReceiversPath : null,
        Pages = plan.IsDemo ? [typeof(NotesSample).Assembly] : [],
        Runbooks = RunbookRoutes.Rules,
        Access = AccessSettings.Read(plan),
        Bands = BandSettings.Read(plan.Settings),
        AppBands = BandSettings.ReadApps(plan.Settings),
    };
}
