using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Rules;

namespace SyncHealth.Alerting.Routing;

/// <summary>The labels that silences match: what an alert is, where it is, and what its rule adds. Its own always go before the rule's.</summary>
public static class AlertLabels
{
    public const string Rule = "rule";
    public const string App = "app";
    public const string Severity = "severity";
    public const string Class = "class";
    public const string Metric = "metric";
    public const string Environment = "environment";

    /// <summary>The labels that alerts have of themselves.</summary>
    public static IReadOnlyList<string> Own { get; } = [Rule, App, Severity, Class, Metric, Environment];

    /// <summary>The labels of one alert instance: those of its rule, its app, its class and its segment's dimensions.</summary>
    public static IReadOnlyDictionary<string, string> Of(AlertRule rule, string app, InstanceKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var labels = Common(rule);
        foreach (var (dimension, value) in key.Segment.Values)
            labels[dimension] = value;
        labels[App] = app;
        labels[Class] = Wording.Of(key.Class);
        return labels;
    }

    /// <summary>The labels that every alert of a rule has, whatever its segment.</summary>
    public static IReadOnlyDictionary<string, string> Of(AlertRule rule) => Common(rule);

    private static Dictionary<string, string> Common(AlertRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var labels = new Dictionary<string, string>(rule.Labels, StringComparer.Ordinal)
        {
            [Rule] = rule.Name,
            [Severity] = Wording.Of(rule.Severity),
            [Metric] = Wording.Of(rule.Metric),
            [Environment] = rule.Environment,
        };
        if (rule.App is { } app)
            labels[App] = app;
        return labels;
    }
}
