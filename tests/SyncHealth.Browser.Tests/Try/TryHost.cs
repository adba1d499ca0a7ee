using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Dashboard;
using SyncHealth.Dashboard.Access;
using SyncHealth.Ingest;
using SyncHealth.Samples.Notes;
using SyncHealth.Samples.Notes.Phones;
using SyncHealth.Storage;
using SyncHealth.Storage.Keys;
using SyncHealth.SyncServer;
using SyncHealth.Testing;

namespace SyncHealth.Browser.Tests.Try;

/// <summary>The notes app as the demo has it: with dashboard, ingest and notes server, on a database of its own and the real clock.</summary>
internal sealed class TryHost : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly string _folder;
    private readonly NotesSwitch _notes;
    private DashboardHost _host = null!;

    private TryHost(TestDatabase database, string folder, NotesSwitch notes) => (_database, _folder, _notes) = (database, folder, notes);

    public Uri Address => _host.Address;

    public PhoneShelf Shelf => _host.Services.GetRequiredService<PhoneShelf>();

    /// <summary>Whether the notes server answers 503.</summary>
    public bool IsNotesServerAway
    {
        set => _notes.IsAway = value;
    }

    public static async Task<TryHost> StartAsync()
    {
        var host = new TryHost(await TestDatabase.CreateAsync(), Directory.CreateTempSubdirectory("synchealth-try-").FullName, new NotesSwitch());
        host._host = await DashboardHost.StartAsync(
            new DashboardOptions
            {
                IsDemo = true, PollInterval = TimeSpan.FromMilliseconds(500), Access = new AccessOptions { IsOpen = true }, Pages = [typeof(NotesSample).Assembly],
            },
            host.Configure,
            map: host.Map);
        await host._host.Services.GetRequiredService<KeyStore>().EnsureAsync("demo", null, "demo", [], CancellationToken.None);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void Configure(IServiceCollection services)
    {
        services.AddSyncHealthStorage(new StorageOptions { ConnectionString = _database.ConnectionString, DeviceKeyFile = Path.Combine(_folder, "device.key") });
        services.AddSyncHealthIngest(new IngestOptions());
        services.AddNotesServer(new NotesServerOptions { ConnectionString = _database.ConnectionString });
        services.AddNotesSample(new NotesSampleOptions { Platform = () => _host.Address, DataFolder = Path.Combine(_folder, "phones") });
    }

    private void Map(WebApplication app)
    {
        var open = app.MapGroup("").AllowAnonymous();
        open.MapSyncHealthIngest();
        open.MapNotesSample();
        open.MapGroup("").AddEndpointFilter(_notes).MapNotesServer("/notes");
    }

    /// <summary>Answers for a notes server that is away.</summary>
    private sealed class NotesSwitch : IEndpointFilter
    {
        public volatile bool IsAway;

        public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
            IsAway ? ValueTask.FromResult<object?>(Results.StatusCode(StatusCodes.Status503ServiceUnavailable)) : next(context);
    }
}
