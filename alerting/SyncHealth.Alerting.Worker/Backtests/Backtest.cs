using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.Worker.Evaluator;
using SyncHealth.Storage.Alerts;
using SyncHealth.Storage.Verdicts;

namespace SyncHealth.Alerting.Worker.Backtests;

/// <summary>Runs rules over stored data as the evaluator would have run them: what had arrived by each moment, on the arrival clock.</summary>
public sealed class Backtest(AlertInputs inputs, IVerdictReader verdicts, IInstallBaseReader installBase)
{
    /// <summary>Raw events, which answer for windows older than the minutes kept, live so long.</summary>
    public static readonly TimeSpan MaxLength = TimeSpan.FromDays(30);

    /// <summary>Evaluations of one backtest: at a few milliseconds each, minutes of work.</summary>
    public const int MaxEvaluations = 50_000;

    private static readonly TimeSpan Brief = TimeSpan.FromMinutes(5);

    /// <summary>Dimensions that snapshots of the fleet have.</summary>
    private static readonly string[] SnapshotDimensions = ["app_version", "os", "network"];

    /// <summary>Whole steps of <paramref name="every"/> that fit, the last at <paramref name="now"/>, rounded down to the minute: a minute not yet over is unknown later.</summary>
    public async Task<BacktestReport> RunAsync(IReadOnlyList<AlertRule> rules, TimeSpan since, TimeSpan every, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var to = now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerMinute));
        var steps = (int)(since / every);
        var apps = await inputs.ListAppsAsync(cancellationToken);
        var runs = rules.SelectMany(rule => apps.Where(app => rule.App is null || rule.App == app).Where(_ => RefusalOf(rule) is null).Select(app => new BacktestRun(rule, app))).ToArray();
        var releases = new ReleaseReadings(verdicts, installBase);
        for (var step = steps; step >= 0; step--)
        {
            var at = to - (every * step);
            var readings = new StoredReadings(inputs, releases, at, now);
            foreach (var run in runs)
                await run.EvaluateAsync(readings, at, cancellationToken);
        }

        var incidents = runs.SelectMany(run => run.Incidents).OrderBy(incident => incident.FiredAt).ToArray();
        return new BacktestReport(to - (every * steps), to, every.TotalSeconds, [.. rules.Select(rule => Summarize(rule, incidents))], incidents);
    }

    /// <summary>How many evaluations a backtest takes; the caller refuses more than <see cref="MaxEvaluations"/>.</summary>
    public static long CountEvaluations(int rules, TimeSpan since, TimeSpan every) => rules * (long)((since / every) + 1);

    private static BacktestRule Summarize(AlertRule rule, IReadOnlyList<BacktestIncident> incidents)
    {
        var own = incidents.Where(incident => incident.Rule == rule.Name).ToArray();
        var ended = own.Where(incident => incident.ResolvedAt is not null).Select(incident => incident.ResolvedAt!.Value - incident.FiredAt).Order().ToArray();
        return new BacktestRule(
            rule.Name, Wording.Of(rule.Severity), own.Length, own.Length - ended.Length,
            ended.Length == 0 ? null : ended[(ended.Length - 1) / 2].TotalSeconds, ended.Count(duration => duration < Brief), RefusalOf(rule));
    }

    private static string? RefusalOf(AlertRule rule)
    {
        if (rule.Metric == RuleMetric.SilentShare)
            return "silence is not in the snapshots of the fleet";
        if (!rule.Traits.IsOfDevices || rule.Traits.IsDetector)
            return null;
        var dimensions = rule.By.Concat(rule.Filter.Select(filter => RuleDimensions.OfFilter(filter)!));
        return dimensions.FirstOrDefault(dimension => !SnapshotDimensions.Contains(dimension)) is { } unknown
            ? $"snapshots of the fleet have {string.Join(", ", SnapshotDimensions)}, not {unknown}"
            : null;
    }
}
