using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Alerting.Worker.Evaluator;
using SyncHealth.Benchmarks.Vitals;

namespace SyncHealth.Benchmarks.Alerting;

/// <summary>
/// One round of evaluations: 500 rules over two apps with 120 segments each, on 30 days of rollups; quiet, and with some of them beyond their limit everywhere.
/// The baseline of the same run is the same data asked by one rule, whose cost the others share.
/// </summary>
internal sealed class RoundBenchmark(BenchmarkDatabase database, TextWriter output, BenchmarkReport report)
{
    public const int Rules = 500;

    /// <summary>Rules that are beyond their limit nearly everywhere: what a bad release looks like.</summary>
    private const int Breached = 5;

    private const int Rounds = 5;

    /// <summary>Events of an app over 30 days, and over its last one, where the windows lie.</summary>
    private const int OldEvents = 400_000;
    private const int NewEvents = 300_000;
    private const int Devices = 20_000;

    /// <summary>What a round may take, in seconds (spec/alerting.md, speed), and what it aims at.</summary>
    private const double Ceiling = 5;
    private const double Aim = 2;

    private static readonly string[] Apps = ["notes", "tasks"];

    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    public async Task FillAsync(CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        foreach (var (index, app) in Apps.Index())
        {
            await SampleData.FillAsync(database, new SampleFleet(11 + index, app, _now.AddDays(-1), TimeSpan.FromDays(29), OldEvents, Devices), progress: null, cancellationToken);
            await SampleData.FillAsync(database, new SampleFleet(21 + index, app, _now, TimeSpan.FromDays(1), NewEvents, Devices), progress: null, cancellationToken);
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{Apps.Length * (OldEvents + NewEvents):N0} events of 30 days written and folded in {TimeProvider.System.GetElapsedTime(start).TotalSeconds:N0} s; {Rounds} rounds each"));
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var one = await MeasureAsync(ManyRules.Yaml(1), cancellationToken);
        var first = TimeProvider.System.GetTimestamp();
        var all = await MeasureAsync(ManyRules.Yaml(Rules), cancellationToken);
        var begun = TimeProvider.System.GetElapsedTime(first).TotalSeconds - all.Sum(round => round.Wall);
        var bad = await MeasureAsync(ManyRules.Yaml(Rules, Breached), cancellationToken);

        await report.FigureAsync("seconds a round, one rule", [.. one.Select(round => round.Wall)], "N2");
        await report.CostAsync($"seconds a round, {Rules} rules, all quiet", Median(all), "N2", Ceiling, Aim);
        await report.FigureAsync("  of them processor time of this process", [.. all.Select(round => round.Cpu)], "N2");
        await report.FigureAsync("  times the cost of one rule", Median(all) / Median(one), "N1", "");
        await report.FigureAsync("  alert instances", await CountAsync("all", cancellationToken), "N0", "");
        await report.FigureAsync("  the first round, which saves them all", begun, "N1", "seconds");
        await report.CostAsync("seconds a round, a bad release", Median(bad), "N2", Ceiling, Aim);
        await report.FigureAsync("  of them processor time of this process", [.. bad.Select(round => round.Cpu)], "N2");
        await report.FigureAsync("  alerts open meanwhile", await CountAsync("open", cancellationToken), "N0", "");
        await ClearAsync(cancellationToken);
    }

    /// <summary>Rounds of a process that knows its alerts; the one that started it is left out.</summary>
    private async Task<List<(double Wall, double Cpu)>> MeasureAsync(string rules, CancellationToken cancellationToken)
    {
        await using var worker = AlertingProcess.Create(database, TimeProvider.System, rules);
        var evaluator = worker.GetRequiredService<AlertEvaluator>();
        await evaluator.RunRoundAsync(cancellationToken);
        var rounds = new List<(double, double)>();
        for (var round = 0; round < Rounds; round++)
        {
            using var self = Process.GetCurrentProcess();
            var (start, cpu) = (TimeProvider.System.GetTimestamp(), self.TotalProcessorTime);
            await evaluator.RunRoundAsync(cancellationToken);
            self.Refresh();
            rounds.Add((TimeProvider.System.GetElapsedTime(start).TotalSeconds, (self.TotalProcessorTime - cpu).TotalSeconds));
        }

        return rounds;
    }

    private static double Median(List<(double Wall, double Cpu)> rounds) => Ranks.Median([.. rounds.Select(round => round.Wall)]);

    private async Task<double> CountAsync(string which, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(BenchmarkSql.Beside<RoundBenchmark>("CountAlerts"));
        command.Parameters.AddWithValue("which", which);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task ClearAsync(CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(BenchmarkSql.Beside<RoundBenchmark>("ClearAlerts"));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
