using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace SyncHealth.Storage.Processes;

/// <summary>How many processes take events at present, this one included: limits of keys and apps are divided by them.</summary>
public sealed class ProcessRegistry(NpgsqlDataSource dataSource, ILogger<ProcessRegistry> logger)
{
    /// <summary>Real time between two signs of life.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Silence after which a process counts as gone: three missed signs.</summary>
    private static readonly TimeSpan Silence = 3 * Interval;

    private static readonly string Beat = SqlFile.Beside<ProcessRegistry>("Beat");
    private static readonly string Leave = SqlFile.Beside<ProcessRegistry>("Leave");

    private readonly Guid _id = Guid.CreateVersion7();
    private readonly string _name = $"{Environment.MachineName}/{Environment.ProcessId}";
    private volatile int _live = 1;

    /// <summary>Processes that lived at the last sign of life; 1 before the first.</summary>
    public int Live => _live;

    /// <summary>Gives signs of life until cancelled, then leaves.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await TryAsync(BeatAsync, cancellationToken);
            await Task.Delay(Interval, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await TryAsync(LeaveAsync, CancellationToken.None);
    }

    /// <summary>One sign of life.</summary>
    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        _live = await connection.ExecuteScalarAsync<int>(
            new CommandDefinition(Beat, new { id = _id, name = _name, silence = Silence }, cancellationToken: cancellationToken));
    }

    /// <summary>Gives the share of limits back to the others at once.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(Leave, new { id = _id }, cancellationToken: cancellationToken));
    }

    /// <summary>A database that is away takes no events either, so the last count serves until it is back.</summary>
    private async Task TryAsync(Func<CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        try
        {
            await step(cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            Log.BeatFailed(logger, exception);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop in the middle of a sign of life: leaving comes next.
            return;
        }
    }
}
