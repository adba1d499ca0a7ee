using Npgsql;

namespace SyncHealth.Benchmarks.Pages;

/// <summary>Processor time of each session of a database so far. One that ends takes its time along, so that times are compared session by session.</summary>
internal sealed class SessionTimes
{
    private static readonly string Sessions = BenchmarkSql.Beside<SessionTimes>("Sessions");

    private readonly Dictionary<int, TimeSpan> _times = [];

    private SessionTimes()
    {
    }

    public static async Task<SessionTimes> ReadAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var read = new SessionTimes();
        await using var command = database.CreateCommand(Sessions);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            if (CpuTime.ReadProcess(rows.GetInt32(0)) is { } time)
                read._times.Add(rows.GetInt32(0), time);
        return read;
    }

    /// <summary>What the sessions that are there now took since then; null where no session can be seen (another machine, no <c>/proc</c>).</summary>
    public TimeSpan? Since(SessionTimes start) => _times.Count == 0
        ? null
        : _times.Aggregate(TimeSpan.Zero, (sum, session) => sum + session.Value - start._times.GetValueOrDefault(session.Key));
}
