using SyncHealth.Benchmarks.Sdk;
using SyncHealth.Client;
using SyncHealth.Contracts;
using SyncHealth.SyncEngine;
using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Loop;

namespace SyncHealth.Benchmarks.Engine;

/// <summary>One device: a real engine on a database file of its own, with a telemetry client of its own.</summary>
internal sealed class BenchDevice : IAsyncDisposable
{
    /// <summary>Notes of a page, and of a transaction of the baseline.</summary>
    public const int Page = 1_000;

    private readonly SyncTelemetry _telemetry;

    /// <param name="name">Of the device.</param>
    /// <param name="folder">For its files.</param>
    /// <param name="server">Address of the notes server.</param>
    /// <param name="reports">Takes its telemetry.</param>
    /// <param name="network">Its network; null for loopback.</param>
    /// <param name="account">Whose notes.</param>
    public BenchDevice(string name, string folder, Uri server, AcceptingHandler reports, HttpMessageHandler? network = null, string account = EngineServer.Account)
    {
        var home = Path.Combine(folder, name);
        _telemetry = SyncTelemetry.Create(new SyncTelemetryOptions
        {
            Endpoint = new Uri("http://ingest.invalid/"), Key = "bench", App = "notes", AppVersion = "1.0.0", DeviceId = name, QueueDirectory = home, Handler = reports, RandomSeed = 1,
        });
        Engine = NotesEngine.Open(
            new EngineOptions
            {
                DatabasePath = Path.Combine(home, "notes.db"), Server = server, Account = account, Device = name, Handler = network, PageLimit = Page, RandomSeed = 1,
                Conflicts = { [EntityNames.Note] = new LastWriteWins() },
            },
            _telemetry);
    }

    public NotesEngine Engine { get; }

    /// <exception cref="InvalidOperationException">It did not succeed: what was measured is not a sync.</exception>
    public async Task<CycleResult> SyncAsync(CancellationToken cancellationToken)
    {
        var result = await Engine.SyncAsync(SyncTrigger.User, cancellationToken);
        return result.Outcome == SyncOutcome.Success ? result : throw new InvalidOperationException($"The sync ended with {result.ErrorCode}.");
    }

    public async ValueTask DisposeAsync()
    {
        Engine.Dispose();
        await _telemetry.DisposeAsync();
    }
}
