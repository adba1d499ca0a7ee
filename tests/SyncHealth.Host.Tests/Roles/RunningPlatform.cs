using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Host.Configuration;
using SyncHealth.Host.Data;
using SyncHealth.Host.Roles;
using SyncHealth.Testing;

namespace SyncHealth.Host.Tests.Roles;

/// <summary>All roles as <c>up</c> composes them, in this process, on a database and a port of their own.</summary>
internal sealed class RunningPlatform : IAsyncDisposable
{
    public const string ReadToken = "a-read-token-of-32-characters-xx";
    public const string EditorToken = "an-editor-token-of-32-characters";
    public const string AdminToken = "an-admin-token-of-32-characters-";

    private readonly TestDatabase _database;
    private readonly DataFolder _folder;
    private readonly Platform _platform;
    private bool _stopped;

    private RunningPlatform(TestDatabase database, DataFolder folder, Platform platform)
    {
        _database = database;
        _folder = folder;
        _platform = platform;
        Client = new HttpClient { BaseAddress = new Uri(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
    }

    public IServiceProvider Services => _platform.Services;

    public HttpClient Client { get; }

    /// <param name="settings">Content of <c>synchealth.json</c>.</param>
    public static async Task<RunningPlatform> StartAsync(string settings = "{}")
    {
        var folder = DataFolder.Open(Path.Combine(Path.GetTempPath(), "synchealth-" + Guid.NewGuid().ToString("N")));
        await File.WriteAllTextAsync(folder.SettingsFile, settings);
        var database = await TestDatabase.CreateAsync();
        try
        {
            return new RunningPlatform(database, folder, await Platform.StartAsync(PlanOf(folder, database), CancellationToken.None));
        }
        catch (StartupException)
        {
            await DisposeAsync(folder, database);
            throw;
        }
    }

    /// <summary>Stops the platform as a person would, before the database goes.</summary>
    public async ValueTask StopAsync()
    {
        if (!Interlocked.Exchange(ref _stopped, true))
            await _platform.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await StopAsync();
        await DisposeAsync(_folder, _database);
    }

    private static PlatformPlan PlanOf(DataFolder folder, TestDatabase database) => new()
    {
        Folder = folder,
        Settings = Settings.Load(folder.SettingsFile),
        ConnectionString = database.ConnectionString,
        Clock = TimeProvider.System,
        ReadToken = ReadToken,
        EditorToken = EditorToken,
        AdminToken = AdminToken,
    };

    private static async Task DisposeAsync(DataFolder folder, TestDatabase database)
    {
        folder.Dispose();
        Directory.Delete(folder.Root, recursive: true);
        await database.DisposeAsync();
    }
}
