using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Alerting.Worker.Evaluator;

namespace SyncHealth.Benchmarks.Alerting;

/// <summary>
/// One round of evaluations: 500 rules, each over 200 segments (two apps of 100), on 30 days of rollups; quiet, and with some of them beyond their limit everywhere.
/// The baseline of the same run is the same data asked by one rule, whose cost the others share.
/// </summary>
internal sealed class RoundBenchmark(BenchmarkDatabase database, BenchmarkReport report)
{
    public const int Rules = 500;

    /// <summary>Rules that are beyond their limit nearly everywhere: what a bad release looks like.</summary>
    private const int Breached = 5;

    private const int Rounds = 5;

    /// <summary>What a round may take, in seconds (spec/alerting.md, speed), and what it aims at.</summary>
    private const double Ceiling = 5;
    private const double Aim = 2;

    public async Task RunQuietAsync(CancellationToken cancellationToken)
    {
        var (_, one) = await MeasureAsync(ManyRules.Yaml(1), cancellationToken);
        var (first, all) = await MeasureAsync(ManyRules.Yaml(Rules), cancellationToken);
        await report.FigureAsync("seconds a round, one rule", [.. one.Select(round => round.Wall)], "N2");
        await ReportAsync($"seconds a round, {Rules} rules, all quiet", all);
        await report.FigureAsync("  times the cost of one rule", Ranks.Median([.. all.Select(round => round.Wall)]) / Ranks.Median([.. one.Select(round => round.Wall)]), "N1", "");
        await report.FigureAsync("  alert instances", await CountAsync("all", cancellationToken), "N0", "");
        await report.FigureAsync("  the first round, which saves them all", first.Wall, "N1", "seconds");
    }

    public async Task RunBadAsync(CancellationToken cancellationToken)
    {
        var (first, bad) = await MeasureAsync(ManyRules.Yaml(Rules, Breached), cancellationToken);
        await ReportAsync("seconds a round, a bad release", bad);
        await report.FigureAsync("  alerts open meanwhile", await CountAsync("open", cancellationToken), "N0", "");
        await report.FigureAsync("  the first round, in which they open", first.Wall, "N1", "seconds");
        await using var clear = database.DataSource.CreateCommand(BenchmarkSql.Beside<RoundBenchmark>("ClearAlerts"));
        await clear.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task ReportAsync(string name, List<RoundCost> rounds)
    {
        await report.CostAsync(name, Ranks.Median([.. rounds.Select(round => round.Wall)]), "N2", Ceiling, Aim);
        await report.FigureAsync("  of them processor time of the evaluator", [.. rounds.Select(round => round.Worker)], "N2");
        await report.FigureAsync("  and of Postgres", [.. rounds.Select(round => round.Postgres)], "N2");
    }

    /// <summary>The first round of a process, and those of one that knows its alerts.</summary>
    private async Task<(RoundCost First, List<RoundCost> Rounds)> MeasureAsync(string rules, CancellationToken cancellationToken)
    {
        await using var worker = AlertingProcess.Create(database, TimeProvider.System, rules);
        var evaluator = worker.GetRequiredService<AlertEvaluator>();
        var first = await MeasureAsync(evaluator, cancellationToken);
        var rounds = new List<RoundCost>();
        for (var round = 0; round < Rounds; round++)
            rounds.Add(await MeasureAsync(evaluator, cancellationToken));
        return (first, rounds);
    }

    private async Task<RoundCost> MeasureAsync(AlertEvaluator evaluator, CancellationToken cancellationToken)
    {
        var (start, before) = (TimeProvider.System.GetTimestamp(), await CpuTime.ReadAsync([], database.DataSource, cancellationToken));
        await evaluator.RunRoundAsync(cancellationToken);
        var wall = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        var cost = (await CpuTime.ReadAsync([], database.DataSource, cancellationToken)).Since(before);
        return new RoundCost(wall, cost.Load.TotalSeconds, cost.Postgres?.TotalSeconds ?? 0);
    }

    private async Task<double> CountAsync(string which, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(BenchmarkSql.Beside<RoundBenchmark>("CountAlerts"));
        command.Parameters.AddWithValue("which", which);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
