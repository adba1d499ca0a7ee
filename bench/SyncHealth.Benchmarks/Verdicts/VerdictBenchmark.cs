using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SyncHealth.Storage;
using SyncHealth.Storage.Retention;
using SyncHealth.Storage.Verdicts;

namespace SyncHealth.Benchmarks.Verdicts;

/// <summary>A release verdict over a month of a large fleet, against the plain comparison of all its devices in SQL.</summary>
/// <param name="database">Where the fleet is put.</param>
/// <param name="output">Receives the rows.</param>
/// <param name="devices">Devices, each with a row a day.</param>
internal sealed class VerdictBenchmark(BenchmarkDatabase database, TextWriter output, int devices)
{
    /// <summary>The fleet of issue 6.</summary>
    public const int DefaultDevices = 1_000_000;

    private const string App = "bench";
    private const int Runs = 7;
    private const int Days = 30;

    /// <summary>Parts in which devices are summed up: each fits into the memory of a session.</summary>
    private const int Parts = 20;

    private const int Sessions = 2;

    /// <summary>Pieces between two lines of progress.</summary>
    private const int LineEvery = 10;

    /// <summary>Seconds of a verdict, and times as fast as the plain comparison (which may wait for the disk, so no more is promised than that it is faster).</summary>
    private static readonly (double Floor, double Aim) Goal = (2, 1);
    private static readonly (double Floor, double Aim) RatioGoal = (1, 10);

    private readonly BenchmarkReport _report = new(output);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = NoonOf(TimeProvider.System.GetUtcNow());
        var start = TimeProvider.System.GetTimestamp();
        await FillAsync(now, cancellationToken);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{devices:N0} devices of 30 days filled in {TimeProvider.System.GetElapsedTime(start).TotalSeconds:N0} s; {Runs} runs, the first warms"));

        var reader = new VerdictReader(database.DataSource);
        var question = new VerdictQuestion(App, "2.5.0", ReleaseKind.Version, now);
        var answer = (await reader.ReadAsync(question, cancellationToken))!.Answer!;
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"  {answer.Verdict.Verdict}, one device in {answer.OneDeviceIn} asked: {answer.Verdict.Metrics[0].Release.Devices:N0} on 2.5.0, {answer.Verdict.Metrics[0].Baseline.Devices:N0} on {answer.Verdict.Baseline}"));
        var ours = new List<double>();
        for (var run = 0; run < Runs; run++)
            ours.Add(await TimeAsync(() => reader.ReadAsync(question, cancellationToken)));
        var plain = await TimeAsync(() => CompareAllAsync(cancellationToken));
        await _report.CostAsync("verdict, seconds (median)", Ranks.Median(ours), "N2", Goal.Floor, Goal.Aim);
        await _report.FigureAsync("  its rounds, seconds", ours, "N2");
        await _report.RatioAsync("  times as fast as all devices in SQL", [plain / Ranks.Median(ours)], RatioGoal.Floor, RatioGoal.Aim);
    }

    private async Task FillAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await ExecuteAsync("FillNames", command => Name(command, now), cancellationToken);
        await ForEachAsync("days", Days, (command, day) => command.Parameters.AddWithValue("day", day), "FillDay", now, cancellationToken);
        await ForEachAsync("parts of the devices", Parts, AddKeys, "FillReleases", now, cancellationToken);
        // What maintenance does with days in service belongs to what is read.
        var options = new StorageOptions { ConnectionString = database.ConnectionString, DeviceKeyFile = "unused" };
        await new MaintenanceLoop(database.DataSource, options, TimeProvider.System, NullLogger<MaintenanceLoop>.Instance).MaintainAsync(cancellationToken);
        await using var analyze = database.DataSource.CreateCommand("vacuum analyze");
        analyze.CommandTimeout = 0;
        await analyze.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Fills pieces in two sessions, as there are two cores, and says how far it is.</summary>
    private async Task ForEachAsync(
        string what, int pieces, Action<NpgsqlCommand, int> add, string sql, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        foreach (var together in Enumerable.Range(0, pieces).Chunk(Sessions))
        {
            await Task.WhenAll(together.Select(piece => ExecuteAsync(sql, command =>
            {
                Name(command, now);
                add(command, piece);
            }, cancellationToken)));
            if ((together[^1] + 1) % LineEvery == 0)
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {together[^1] + 1} of {pieces} {what}, {TimeProvider.System.GetElapsedTime(start).TotalSeconds:N0} s"));
        }
    }

    private void Name(NpgsqlCommand command, DateTimeOffset now)
    {
        command.Parameters.AddWithValue("now", now.UtcDateTime);
        command.Parameters.AddWithValue("app", App);
        command.Parameters.AddWithValue("devices", (long)devices);
    }

    /// <summary>Keys are hashes, so that equal stretches of them hold about equally many devices.</summary>
    private static void AddKeys(NpgsqlCommand command, int part)
    {
        var width = ulong.MaxValue / Parts;
        command.Parameters.AddWithValue("low", (long)((ulong)part * width) ^ long.MinValue);
        command.Parameters.AddWithValue("high", part == Parts - 1 ? long.MaxValue : (long)(((ulong)part + 1) * width - 1) ^ long.MinValue);
    }

    private async Task ExecuteAsync(string sql, Action<NpgsqlCommand> add, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using (var memory = new NpgsqlCommand("set work_mem = '256MB'; set synchronous_commit = off", connection))
            await memory.ExecuteNonQueryAsync(cancellationToken);
        await using var fill = new NpgsqlCommand(BenchmarkSql.Beside<VerdictBenchmark>(sql), connection) { CommandTimeout = 0 };
        add(fill);
        await fill.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<bool> CompareAllAsync(CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(BenchmarkSql.Beside<VerdictBenchmark>("CompareAll"));
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken);
    }

    private static async Task<double> TimeAsync<T>(Func<Task<T>> ask)
    {
        var start = TimeProvider.System.GetTimestamp();
        await ask();
        return TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }

    private static DateTimeOffset NoonOf(DateTimeOffset now) => new(now.UtcDateTime.Date.AddHours(12), TimeSpan.Zero);
}
