using System.Globalization;
using System.Text;

namespace SyncHealth.Benchmarks.Alerting;

/// <summary>Rules of a house with many teams: five metrics, four windows, four filters, each by release and network.</summary>
internal static class ManyRules
{
    private const string By = "by: [app_version, network], newGroupGrace: 0s, notify: [pagerduty]";

    private static readonly string[] Windows = ["15m", "30m", "1h", "2h"];
    private static readonly string[] Filters = ["", ", filter: ['os:android']", ", filter: ['os:ios']", ", filter: ['os:windows']"];

    /// <summary>None of them is ever beyond its limit.</summary>
    private static readonly string[] Metrics =
        ["metric: success_rate, below: {0}", "metric: first_try_rate, below: {0}", "metric: conflicted_share, above: 9{0}", "metric: duration_p99_ms, above: 9{0}000", "metric: slow_share, slowerThan: 1m, above: 9{0}"];

    /// <param name="count">How many.</param>
    /// <param name="breached">How many of them are beyond their limit in nearly every segment.</param>
    public static string Yaml(int count, int breached = 0)
    {
        var yaml = new StringBuilder("rules:\n");
        for (var rule = 0; rule < count; rule++)
        {
            var threshold = string.Format(CultureInfo.InvariantCulture, Metrics[rule % Metrics.Length], (rule / 80 % 9) + 1);
            var watched = rule < breached ? "metric: success_rate, below: 99.9, mode: point" : threshold;
            yaml.Append(CultureInfo.InvariantCulture, $"  - {{ name: rule-{rule}, {watched}, window: {Windows[rule / 5 % 4]}, {By}{Filters[rule / 20 % 4]} }}\n");
        }

        return yaml.ToString();
    }
}
