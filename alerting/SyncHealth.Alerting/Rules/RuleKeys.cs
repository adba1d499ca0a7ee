using System.Globalization;

namespace SyncHealth.Alerting.Rules;

/// <summary>The keys of a rule and their values as YAML, in the order of the reference; those that say no more than the default are left out.</summary>
internal static class RuleKeys
{
    public static IEnumerable<(string Key, string Value)> Of(AlertRule rule)
    {
        yield return ("name", YamlText.Of(rule.Name));
        yield return ("metric", rule.Traits.Key);
        foreach (var pair in Threshold(rule).Concat(Scope(rule)).Concat(Course(rule)).Concat(Evidence(rule)).Concat(Telling(rule)))
            yield return pair;
    }

    private static IEnumerable<(string, string)> Threshold(AlertRule rule)
    {
        if (rule.Comparison is { } comparison)
        {
            yield return (rule.IsBadBelow ? "dropsBy" : "risesBy", Number(comparison.By));
            if (comparison.With != ComparedWith.LastWeek)
                yield return ("comparedWith", Wording.Of(comparison.With));
            if (comparison.RecoverBy != comparison.By)
                yield return ("recover", Number(comparison.RecoverBy));
        }
        else if (rule.Traits.Basis != MetricBasis.Releases)
        {
            yield return (rule.IsBadBelow ? "below" : "above", Number(rule.Limit));
            if (rule.Recover != rule.Limit)
                yield return ("recover", Number(rule.Recover));
        }

        if (rule.Metric == RuleMetric.QueueDepthShare)
            yield return ("depthOver", rule.DepthOver.ToString(CultureInfo.InvariantCulture));
        if (rule.Traits.AgeKey is { } age)
            yield return (age, Durations.Format(rule.Age));
        if (rule.ExcludesOffline)
            yield return ("excludeOffline", "true");
    }

    private static IEnumerable<(string, string)> Scope(AlertRule rule)
    {
        if (rule.App is { } app)
            yield return ("app", YamlText.Of(app));
        if (rule.Environment != "production")
            yield return ("environment", YamlText.Of(rule.Environment));
        if (rule.Filter.Count > 0)
            yield return ("filter", List(rule.Filter));
        if (rule.By.Count > (rule.Traits.Basis == MetricBasis.Releases ? ReleaseRule.ByRelease.Count : 0))
            yield return ("by", List(rule.By));
        if (rule.IgnoreErrors.Count > 0)
            yield return ("ignoreErrors", List(rule.IgnoreErrors));
    }

    private static IEnumerable<(string, string)> Course(AlertRule rule)
    {
        if (rule.Window != RuleLimits.DefaultWindow(rule.Traits))
            yield return ("window", Durations.Format(rule.Window));
        if (rule.For != RuleLimits.DefaultFor(rule.Traits))
            yield return ("for", Durations.Format(rule.For));
        if (rule.KeepFiringFor != TimeSpan.Zero)
            yield return ("keepFiringFor", Durations.Format(rule.KeepFiringFor));
        if (rule.Clock == RuleClock.Event)
            yield return ("clock", "event");
        if (rule.Clock == RuleClock.Event && rule.LateLimit != RuleLimits.MaxLateLimit)
            yield return ("lateLimit", Durations.Format(rule.LateLimit));
    }

    private static IEnumerable<(string, string)> Evidence(AlertRule rule)
    {
        if (rule.Mode != (rule.By.Count > 0 && rule.Traits.IsShare ? RuleMode.Bound : RuleMode.Point))
            yield return ("mode", Wording.Of(rule.Mode));
        if (rule.Confidence != RuleLimits.DefaultConfidence)
            yield return ("confidence", Number(rule.Confidence));
        if (rule.Traits.Basis == MetricBasis.Attempts && rule.MinAttempts != RuleLimits.DefaultMinAttempts)
            yield return ("minAttempts", rule.MinAttempts.ToString(CultureInfo.InvariantCulture));
        if (rule.MinDevices != RuleLimits.DefaultDevices(rule.Traits))
            yield return ("minDevices", rule.MinDevices.ToString(CultureInfo.InvariantCulture));
        if (rule.NoData != NoDataPolicy.Hold)
            yield return ("noData", Wording.Of(rule.NoData));
        if (rule.NewGroupGrace != RuleLimits.GraceOf(rule))
            yield return ("newGroupGrace", Durations.Format(rule.NewGroupGrace));
    }

    private static IEnumerable<(string, string)> Telling(AlertRule rule)
    {
        if (rule.GroupWait != RuleLimits.DefaultGroupWait)
            yield return ("groupWait", Durations.Format(rule.GroupWait));
        if (rule.Severity != AlertSeverity.Warning)
            yield return ("severity", Wording.Of(rule.Severity));
        if (rule.Notify.Count > 0)
            yield return ("notify", List(rule.Notify));
        if (rule.Labels.Count > 0)
            yield return ("labels", Map(rule.Labels));
        if (rule.Annotations.Count > 0)
            yield return ("annotations", Map(rule.Annotations));
        if (rule.Runbook is { } runbook)
            yield return ("runbook", YamlText.Of(runbook));
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string List(IEnumerable<string> items) => $"[{string.Join(", ", items.Select(YamlText.Of))}]";

    private static string Map(IReadOnlyDictionary<string, string> map) =>
        $"{{ {string.Join(", ", map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{YamlText.Of(pair.Key)}: {YamlText.Of(pair.Value)}"))} }}";
}
