using System.Globalization;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Worker.Backtests;

namespace SyncHealth.Host.Terminal;

/// <summary>A backtest: one line a rule, then one line an incident, the newest last.</summary>
internal static class BacktestTable
{
    /// <summary>Incidents listed; a rule with more than that needs another threshold, not a longer list.</summary>
    private const int MaxListed = 50;

    public static string Render(BacktestReport report)
    {
        var rules = new TextTable(["rule", "severity", "incidents", "open", "median", "under 5 min"], 2);
        foreach (var rule in report.Rules)
            rules.Add([
                rule.Rule, rule.Severity, rule.Refused is null ? Count(rule.Incidents) : "–", rule.Refused is null ? Count(rule.Open) : "–",
                rule.MedianDurationSeconds is { } seconds ? Quantity.Span(TimeSpan.FromSeconds(seconds)) : "–", rule.Refused is null ? Count(rule.Brief) : "–",
            ]);

        var lines = report.Rules.Where(rule => rule.Refused is not null).Select(rule => $"{rule.Rule}: not run, {rule.Refused}").ToList();
        if (report.Incidents.Count > 0)
            lines.Add(Incidents(report.Incidents));
        return $"{Quantity.Moment(report.From)} to {Quantity.Moment(report.To)}, every {Quantity.Span(TimeSpan.FromSeconds(report.EverySeconds))}{Environment.NewLine}"
            + $"{Environment.NewLine}{rules}" + string.Concat(lines.Select(line => Environment.NewLine + line + Environment.NewLine));
    }

    private static string Incidents(IReadOnlyList<BacktestIncident> incidents)
    {
        var table = new TextTable(["from", "rule", "app", "segment", "lasted", "worst"], 4);
        foreach (var incident in incidents.Skip(Math.Max(0, incidents.Count - MaxListed)))
            table.Add([
                Quantity.Moment(incident.FiredAt), incident.Rule + (incident.Class == "threshold" ? "" : $" ({incident.Class})"), incident.App,
                string.Join(' ', incident.Segment.Select(pair => $"{pair.Key}:{pair.Value}")),
                incident.ResolvedAt is { } end ? Quantity.Span(end - incident.FiredAt) : "open",
                incident.Worst?.ToString("0.##", CultureInfo.InvariantCulture) ?? "–",
            ]);
        return table.ToString().TrimEnd();
    }

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
