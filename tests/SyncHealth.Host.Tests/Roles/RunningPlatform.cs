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

    private RunningPlatform(TestDatabase database, DataFolder folder, PlatformPlan plan, Platform platform)
    {
        Plan = plan;
        _database = database;
        _folder = folder;
        _platform = platform;
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
    }

    public IServiceProvider Services => _platform.Services;

    public PlatformPlan Plan { get; }

    /// <summary>Follows nothing unasked: being led to the sign-in page is an answer.</summary>
    public HttpClient Client { get; }

    /// <param name="settings">Content of <c>synchealth.json</c>.</param>
    /// <param name="clock">The shared clock; null for the real one.</param>
    /// <param name="isDemo">As <c>demo</c> composes it, without a fleet.</param>
    public static async Task<RunningPlatform> StartAsync(string settings = "{}", TimeProvider? clock = null, bool isDemo = false)
    {
        var folder = DataFolder.Open(Path.Combine(Path.GetTempPath(), "synchealth-" + Guid.NewGuid().ToString("N")));
        await File.WriteAllTextAsync(folder.SettingsFile, settings);
        var database = await TestDatabase.CreateAsync();
        try
        {
            var plan = PlanOf(folder, database, clock ?? TimeProvider.System, isDemo);
            return new RunningPlatform(database, folder, plan, await Platform.StartAsync(plan, CancellationToken.None));
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

    /// <summary>One text that differs when any row of some tables does.</summary>
    public async Task<string> FingerprintAsync(params string[] tables)
    {
        var parts = new List<string>();
        foreach (var table in tables)
        {
            await using var command = _database.DataSource.CreateCommand($"select md5(coalesce(string_agg(t::text, ',' order by t::text), '')) from synchealth.{table} t");
            parts.Add((string)(await command.ExecuteScalarAsync())!);
        }

        return string.Join(' ', parts);
    }

    private static PlatformPlan PlanOf(DataFolder folder, TestDatabase database, TimeProvider clock, bool isDemo) => new()
    {
        Folder = folder,
        Settings = Settings.Load(folder.SettingsFile),
        ConnectionString = database.ConnectionString,
        Clock = clock,
        IsDemo = isDemo,
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
