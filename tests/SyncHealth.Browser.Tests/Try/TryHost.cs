using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Dashboard;
using SyncHealth.Dashboard.Access;
using SyncHealth.Ingest;
using SyncHealth.Samples.Notes;
using SyncHealth.Storage;
using SyncHealth.Storage.Keys;
using SyncHealth.SyncServer;
using SyncHealth.Testing;

namespace SyncHealth.Browser.Tests.Try;

/// <summary>
/// The notes app as the demo has it: with dashboard, ingest and notes server, on a database of its own and the real clock. Made once for the tests of a
/// class: each takes up phones of its own.
/// </summary>
public sealed class TryHost : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("synchealth-try-").FullName;
    private readonly NotesSwitch _notes = new();
    private TestDatabase _database = null!;
    private DashboardHost _host = null!;

    public Uri Address => _host.Address;

    /// <summary>Whether the notes server answers 503.</summary>
    public bool IsNotesServerAway
    {
        set => _notes.IsAway = value;
    }

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _host = await DashboardHost.StartAsync(
            new DashboardOptions
            {
                IsDemo = true, PollInterval = TimeSpan.FromMilliseconds(500), Access = new AccessOptions { IsOpen = true }, Pages = [typeof(NotesSample).Assembly],
            },
            Configure,
            map: Map);
        await _host.Services.GetRequiredService<KeyStore>().EnsureAsync("demo", null, "demo", [], CancellationToken.None);
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
