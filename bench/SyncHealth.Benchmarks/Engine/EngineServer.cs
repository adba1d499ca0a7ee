using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using SyncHealth.SyncServer;

namespace SyncHealth.Benchmarks.Engine;

/// <summary>The reference notes server on a free loopback port, filled by SQL: what is measured is the device.</summary>
internal sealed class EngineServer : IAsyncDisposable
{
    public const string Account = "bench";

    private static readonly string Fill = BenchmarkSql.Beside<EngineServer>("FillNotes");
    private static readonly string Touch = BenchmarkSql.Beside<EngineServer>("TouchNotes");

    private readonly WebApplication _app;
    private readonly BenchmarkDatabase _database;

    private EngineServer(WebApplication app, BenchmarkDatabase database) => (_app, _database) = (app, database);

    public Uri Address => new(_app.Urls.First() + "/notes");

    public static async Task<EngineServer> StartAsync(BenchmarkDatabase database, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddNotesServer(new NotesServerOptions { ConnectionString = database.ConnectionString });
        var app = builder.Build();
        app.MapNotesServer("/notes");
        await app.StartAsync(cancellationToken);
        return new EngineServer(app, database);
    }

    /// <summary>Gives the account so many notes.</summary>
    public async Task FillAsync(int notes, CancellationToken cancellationToken)
    {
        await using var command = _database.DataSource.CreateCommand(Fill);
        command.Parameters.AddWithValue("account", Account);
        command.Parameters.AddWithValue("rows", notes);
        command.Parameters.AddWithValue("now", TimeProvider.System.GetUtcNow().UtcDateTime);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Changes some of them, others in each round.</summary>
    public async Task TouchAsync(int changes, int round, CancellationToken cancellationToken)
    {
        await using var command = _database.DataSource.CreateCommand(Touch);
        command.Parameters.AddWithValue("account", Account);
        command.Parameters.AddWithValue("changes", changes);
        command.Parameters.AddWithValue("round", round);
        if (await command.ExecuteScalarAsync(cancellationToken) is not long made || made != changes)
            throw new InvalidOperationException("Not every change was made.");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
