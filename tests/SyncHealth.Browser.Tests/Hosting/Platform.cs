using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Browser.Tests.Seeding;
using SyncHealth.Dashboard;
using SyncHealth.Dashboard.Access;
using SyncHealth.Samples.Notes;
using SyncHealth.Storage;
using SyncHealth.SyncServer;
using SyncHealth.Testing;

namespace SyncHealth.Browser.Tests.Hosting;

/// <summary>The dashboard over a real Postgres with a seeded fleet, and a browser. Made once for the run; tests that write use an app of their own.</summary>
public sealed class Platform : IAsyncLifetime
{
    private readonly string _secrets = Directory.CreateTempSubdirectory("synchealth-browser-").FullName;
    private TestDatabase? _database;
    private DashboardHost? _host;

    public static readonly DashboardOptions Options = new() { IsDemo = true, Speed = 1, PollInterval = TimeSpan.FromMilliseconds(500), Access = new AccessOptions { IsOpen = true }, ReceiversPath = "/receivers", Runbooks = ["sync-success-rate"], Pages = [typeof(NotesSample).Assembly] };

    internal ManualTimeProvider Clock { get; } = new(SeededFleet.Start);

    internal SeededFleet Fleet { get; private set; } = null!;

    public Browser Browser { get; } = new();

    public DashboardHost Host => _host!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _host = await StartAsync();
        Fleet = new SeededFleet(_host.Services, Clock);
        await Task.WhenAll(Fleet.WriteAsync(), Browser.InitializeAsync().AsTask());
    }

    /// <summary>Another dashboard over the same data.</summary>
    public Task<DashboardHost> StartAsync(int port = 0) => DashboardHost.StartAsync(
        Options,
        services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            services.AddSyncHealthStorage(new StorageOptions { ConnectionString = _database!.ConnectionString, DeviceKeyFile = Path.Combine(_secrets, "device.key") });
            services.AddNotesServer(new NotesServerOptions { ConnectionString = _database.ConnectionString });
            // Phones of any host sync with the first one; nothing takes their reports here.
            services.AddNotesSample(new NotesSampleOptions { Platform = () => Host.Address, DataFolder = Path.Combine(_secrets, Guid.NewGuid().ToString("N")) });
        },
        port,
        app =>
        {
            var open = app.MapGroup("").AllowAnonymous();
            open.MapNotesServer("/notes");
            open.MapNotesSample();
        });

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        if (_host is not null)
            await _host.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
        Directory.Delete(_secrets, recursive: true);
    }
}
