using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace SyncHealth.Benchmarks;

/// <summary>
/// Processor time that the parties of a benchmark have used so far. On a machine that others use too it is the one figure that they hardly change.
/// </summary>
/// <param name="Load">This process: the load generator.</param>
/// <param name="Ingest">The ingest processes.</param>
/// <param name="Postgres">All processes of the server; null where they cannot be seen (another machine, no <c>/proc</c>).</param>
internal sealed record CpuTime(TimeSpan Load, TimeSpan Ingest, TimeSpan? Postgres)
{
    /// <summary>Linux counts processor time in hundredths of a second for every user (USER_HZ, proc(5)).</summary>
    private const double TicksPerSecond = 100;

    private static readonly string Processes = BenchmarkSql.Beside<CpuTime>("ServerProcesses");

    public static async Task<CpuTime> ReadAsync(IReadOnlyList<IngestProcess> ingest, NpgsqlDataSource server, CancellationToken cancellationToken)
    {
        using var self = Process.GetCurrentProcess();
        return new CpuTime(self.TotalProcessorTime, ingest.Aggregate(TimeSpan.Zero, (sum, process) => sum + process.ProcessorTime), await ReadServerAsync(server, cancellationToken));
    }

    public CpuTime Since(CpuTime start) => new(Load - start.Load, Ingest - start.Ingest, Postgres - start.Postgres);

    /// <summary>Of one process of this machine; null where it cannot be seen.</summary>
    public static TimeSpan? ReadProcess(int id)
    {
        var file = string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat");
        if (!File.Exists(file))
            return null;

        // The name in parentheses may hold spaces; the fields after it are state, parent, … with user and system time as 12th and 13th.
        var text = File.ReadAllText(file);
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    private static async Task<TimeSpan?> ReadServerAsync(NpgsqlDataSource server, CancellationToken cancellationToken)
    {
        await using var command = server.CreateCommand(Processes);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        TimeSpan? total = null;
        while (await rows.ReadAsync(cancellationToken))
            if (ReadProcess(rows.GetInt32(0)) is { } time)
                total = (total ?? TimeSpan.Zero) + time;
        return total;
    }
}
