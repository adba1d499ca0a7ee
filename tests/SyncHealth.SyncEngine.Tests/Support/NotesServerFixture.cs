using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SyncHealth.SyncServer;
using SyncHealth.SyncServer.Migrations;
using SyncHealth.Testing;

namespace SyncHealth.SyncEngine.Tests.Support;

/// <summary>The real notes server on loopback, with a Postgres database of its own.</summary>
public sealed class NotesServerFixture : IAsyncDisposable
{
    private readonly WebApplication _app;

    private NotesServerFixture(WebApplication app, TestDatabase database, ManualTimeProvider time)
    {
        _app = app;
        Database = database;
        Time = time;
        Address = new Uri(app.Urls.Single() + "/notes");
    }

    public TestDatabase Database { get; }

    public ManualTimeProvider Time { get; }

    public Uri Address { get; }

    public static async Task<NotesServerFixture> StartAsync(Action<NotesServerOptions>? configure = null)
    {
        var time = new ManualTimeProvider(Some.Start);
        var database = await TestDatabase.CreateAsync(
            "notes_" + NotesSchema.Fingerprint(), dataSource => NotesSchema.MigrateAsync(dataSource, Some.Start, CancellationToken.None));
        var options = new NotesServerOptions { ConnectionString = database.ConnectionString };
        configure?.Invoke(options);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddNotesServer(options);
        var app = builder.Build();
        app.MapNotesServer("/notes");
        await app.StartAsync();
        return new NotesServerFixture(app, database, time);
    }

    /// <summary>Lets forty days pass: the retention loop runs on the server's clock, and its round is over when the account carries the mark.</summary>
    public async Task ForgetTombstonesAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        Time.Advance(TimeSpan.FromDays(40));
        while (true)
        {
            await using var command = Database.DataSource.CreateCommand("select purged_version from notes.account");
            if ((long)(await command.ExecuteScalarAsync(limit.Token))! > 0)
                return;
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Database.DisposeAsync();
    }
}
