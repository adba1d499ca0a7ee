using System.Collections.Concurrent;
using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace SyncHealth.Storage.Keys;

/// <summary>When keys last wrote through this process: noted with every request, saved every few seconds, so that a busy key costs no more than a quiet one.</summary>
/// <param name="dataSource">The database.</param>
/// <param name="clock">The shared clock.</param>
/// <param name="logger">Told when saving fails.</param>
public sealed class KeyUse(NpgsqlDataSource dataSource, TimeProvider clock, ILogger<KeyUse> logger)
{
    /// <summary>Real time between two saves: whoever waits for a first event watches.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private static readonly string Save = SqlFile.Beside<KeyUse>("SaveKeyUse");

    private readonly ConcurrentDictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);

    /// <summary>A request came with this key.</summary>
    /// <param name="id">The key's id, never its text.</param>
    public void Note(string id) => _used[id] = clock.GetUtcNow();

    /// <summary>Saves until cancelled, and once more then.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await TrySaveAsync(cancellationToken);
            await Task.Delay(Interval, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await TrySaveAsync(CancellationToken.None);
    }

    /// <summary>Saves what was noted since the last time.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        var noted = _used.ToArray();
        if (noted.Length == 0)
            return;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            Save, new { ids = noted.Select(pair => pair.Key).ToArray(), times = noted.Select(pair => pair.Value.ToUniversalTime()).ToArray() }, cancellationToken: cancellationToken));
        foreach (var pair in noted)
            _used.TryRemove(pair);
    }

    /// <summary>While the database is away nothing is written by any key either; what was noted before is saved when it is back.</summary>
    private async Task TrySaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SaveAsync(cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            Log.KeyUseNotSaved(logger, exception);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop in the middle of a save: the last one comes next.
            return;
        }
    }
}
