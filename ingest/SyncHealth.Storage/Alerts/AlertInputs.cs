using Npgsql;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Alerts;

/// <summary>Reads what rules are evaluated on.</summary>
public sealed class AlertInputs(NpgsqlDataSource dataSource)
{
    private static readonly string CountArrivals = SqlFile.Beside<AlertInputs>("CountArrivals");
    private static readonly string CountEvents = SqlFile.Beside<AlertInputs>("CountEvents");
    private static readonly string CountQueues = SqlFile.Beside<AlertInputs>("CountQueues");
    private static readonly string ListApps = SqlFile.Beside<AlertInputs>("ListApps");

    /// <summary>Names of the apps a rule without <c>app</c> holds for.</summary>
    public async Task<IReadOnlyList<string>> ListAppsAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ListApps);
        return await command.ReadAllAsync(row => row.GetString(0), cancellationToken);
    }

    /// <summary>Counts the attempts of a window.</summary>
    public async Task<AttemptCounts> CountAttemptsAsync(AttemptQuestion question, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(question.ByArrival ? CountArrivals : CountEvents);
        command.Parameters.AddWithValue("app", question.App);
        command.Parameters.AddWithValue("environment", question.Environment);
        command.Parameters.AddWithValue("from", question.From.ToUniversalTime());
        command.Parameters.AddWithValue("to", question.To.ToUniversalTime());
        return (await command.ReadAllAsync(ReadAttempts, cancellationToken))[0];
    }

    /// <summary>Counts devices by queue depth, over those that reported since <paramref name="from"/>.</summary>
    public async Task<QueueCounts> CountQueuesAsync(
        string app, string environment, int depthOver, DateTimeOffset from, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(CountQueues);
        command.Parameters.AddWithValue("app", app);
        command.Parameters.AddWithValue("environment", environment);
        command.Parameters.AddWithValue("depth_over", depthOver);
        command.Parameters.AddWithValue("from", from.ToUniversalTime());
        return (await command.ReadAllAsync(row => new QueueCounts(row.GetInt64(0), row.GetInt64(1)), cancellationToken))[0];
    }

    private static AttemptCounts ReadAttempts(NpgsqlDataReader row)
    {
        var durations = new DurationSketch();
        durations.Merge(row.GetFieldValue<byte[]>(4));
        return new AttemptCounts(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(5), durations);
    }
}
