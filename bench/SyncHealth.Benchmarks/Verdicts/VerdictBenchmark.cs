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
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var fill = new NpgsqlCommand(BenchmarkSql.Beside<VerdictBenchmark>("FillDays"), connection) { CommandTimeout = 0 };
        fill.Parameters.AddWithValue("now", now.UtcDateTime);
        fill.Parameters.AddWithValue("app", App);
        fill.Parameters.AddWithValue("devices", devices);
        await fill.ExecuteNonQueryAsync(cancellationToken);
        // What maintenance does with days in service belongs to what is read.
        var options = new StorageOptions { ConnectionString = database.ConnectionString, DeviceKeyFile = "unused" };
        await new MaintenanceLoop(database.DataSource, options, TimeProvider.System, NullLogger<MaintenanceLoop>.Instance).MaintainAsync(cancellationToken);
        await using var analyze = new NpgsqlCommand("vacuum analyze", connection) { CommandTimeout = 0 };
        await analyze.ExecuteNonQueryAsync(cancellationToken);
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
