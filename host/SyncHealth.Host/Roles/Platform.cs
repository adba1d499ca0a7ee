using SyncHealth.Alerting.Worker;
using SyncHealth.Host.Telemetry;
using SyncHealth.Storage;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.Migrations;

namespace SyncHealth.Host.Roles;

/// <summary>The platform in one process: the roles of a plan, composed into one web application.</summary>
internal sealed class Platform : IAsyncDisposable
{
    public const string ReceiversPath = "/receivers";

    /// <summary>The reference sync server that the fleet syncs against.</summary>
    public const string NotesPath = "/notes";

    /// <summary>The demo's ingest key; accepts any app name, on loopback only.</summary>
    public const string DemoKey = "demo";

    /// <summary>How long requests and loops may take to end, in real time.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(15);

    /// <summary>How long a client may take over a request's head. Kestrel's own 30 s, checked once a second, keeps slow ones longer than that.</summary>
    private static readonly TimeSpan HeadTimeout = TimeSpan.FromSeconds(15);

    private readonly WebApplication _app;
    private readonly PlatformPlan _plan;

    private Platform(WebApplication app, PlatformPlan plan)
    {
        _app = app;
        _plan = plan;
    }

    public IServiceProvider Services => _app.Services;

    /// <summary>Migrates or waits for it, starts every role, and returns when <c>/readyz</c> would say 200.</summary>
    /// <exception cref="StartupException">A setting is wrong or the database cannot be used.</exception>
    public static async Task<Platform> StartAsync(PlatformPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            var platform = new Platform(Build(plan), plan);
            await platform.PrepareAsync(cancellationToken);
            await platform._app.StartAsync(cancellationToken);
            return platform;
        }
        catch (Exception exception) when (exception is ArgumentException or AlertingConfigurationException or SchemaMismatchException or DeviceSecretMismatchException)
        {
            throw new StartupException(ExitCodes.Configuration, exception.Message, exception);
        }
    }

    /// <summary>Lets requests and loops end, then releases everything. Postgres must still run.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static WebApplication Build(PlatformPlan plan)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        // Only our own settings count: no appsettings.json, no ASPNETCORE_ variables of somebody else.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        PlatformLogs.Configure(builder.Logging);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.RequestHeadersTimeout = HeadTimeout;
            kestrel.Listen(plan.Address, plan.Port);
        });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopTimeout);
        builder.Services.AddSingleton(plan.Clock);
        builder.Services.AddSyncHealthStorage(StorageSettings.Read(plan.Settings, plan.ConnectionString, plan.Folder.Secrets));
        PlatformServices.Add(builder.Services, plan);
        OwnTelemetry.Add(builder.Services, plan.Settings);

        var app = builder.Build();
        PlatformServices.Map(app, plan);
        return app;
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var schema = Services.GetRequiredService<SchemaSetup>();
        if (_plan.Roles == PlatformRoles.All)
            await schema.MigrateAsync(cancellationToken);
        else
            await schema.WaitAsync(cancellationToken);

        var keys = Services.GetRequiredService<KeyStore>();
        if (_plan.IsDemo)
            await keys.EnsureAsync(DemoKey, appName: null, "demo", allowedOrigins: [], cancellationToken);
        if (_plan.Settings.Text("Ingest:Key") is { } configured)
            await keys.EnsureAsync(configured, _plan.Settings.Text("Ingest:KeyApp"), "configured", allowedOrigins: [], cancellationToken);
    }
}
