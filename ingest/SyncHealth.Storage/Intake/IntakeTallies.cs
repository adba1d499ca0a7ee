using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace SyncHealth.Storage.Intake;

/// <summary>
/// What this process did with the events it was sent, by app and reason: noted with every request, added to those of the other processes every few seconds.
/// A process that is killed takes the last seconds of its counts along; the events themselves are counted elsewhere, to the last one.
/// </summary>
/// <param name="dataSource">The database.</param>
/// <param name="logger">Told when saving fails.</param>
public sealed class IntakeTallies(NpgsqlDataSource dataSource, ILogger<IntakeTallies> logger)
{
    /// <summary>Real time between two saves: one statement of a few rows each, and nothing from a process that nobody sends to.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    /// <summary>Width of a count: a month of an app is some tens of thousands of rows.</summary>
    public static readonly TimeSpan Bucket = TimeSpan.FromMinutes(5);

    /// <summary>Counts kept between two saves. What senders call their apps is theirs: beyond it they count as of no known app.</summary>
    private const int MaxKept = 10_000;

    private static readonly string Save = SqlFile.Beside<IntakeTallies>("SaveTallies");

    private readonly Lock _lock = new();
    private Dictionary<(string App, DateTimeOffset At, string Reason), long> _counts = [];

    /// <summary>The bucket that a moment belongs to.</summary>
    public static DateTimeOffset BucketOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % Bucket.Ticks), TimeSpan.Zero);

    /// <summary>Counts events of one request.</summary>
    /// <param name="app">Whose; empty where nobody said.</param>
    /// <param name="receivedAt">Their arrival, on the shared clock.</param>
    /// <param name="reason">One of <see cref="TallyReasons"/>, or the code of a rejection.</param>
    /// <param name="events">How many.</param>
    public void Note(string app, DateTimeOffset receivedAt, string reason, long events)
    {
        if (events == 0)
            return;
        lock (_lock)
            Add(app, BucketOf(receivedAt), reason, events);
    }

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

    /// <summary>Saves what was counted since the last time. What cannot be saved is kept for the next.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        var counted = Take();
        if (counted.Count == 0)
            return;
        var saved = false;
        try
        {
            await SaveAsync([.. counted], cancellationToken);
            saved = true;
        }
        finally
        {
            if (!saved)
                PutBack(counted);
        }
    }

    private async Task SaveAsync(KeyValuePair<(string App, DateTimeOffset At, string Reason), long>[] counts, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            apps = Array.ConvertAll(counts, count => count.Key.App),
            ats = Array.ConvertAll(counts, count => count.Key.At.UtcDateTime),
            reasons = Array.ConvertAll(counts, count => count.Key.Reason),
            events = Array.ConvertAll(counts, count => count.Value),
        };
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(Save, parameters, cancellationToken: cancellationToken));
    }

    private Dictionary<(string App, DateTimeOffset At, string Reason), long> Take()
    {
        lock (_lock)
        {
            var taken = _counts;
            _counts = [];
            return taken;
        }
    }

    private void PutBack(Dictionary<(string App, DateTimeOffset At, string Reason), long> counts)
    {
        lock (_lock)
            foreach (var ((app, at, reason), events) in counts)
                Add(app, at, reason, events);
    }

    private void Add(string app, DateTimeOffset at, string reason, long events)
    {
        var key = (app, at, reason);
        if (_counts.Count >= MaxKept && !_counts.ContainsKey(key))
            key.app = "";
        _counts[key] = _counts.GetValueOrDefault(key) + events;
    }

    /// <summary>While the database is away nothing is accepted either; what was rejected then is saved when it is back.</summary>
    private async Task TrySaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SaveAsync(cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            Log.TalliesNotSaved(logger, exception);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop in the middle of a save: the last one comes next.
            return;
        }
    }
}
