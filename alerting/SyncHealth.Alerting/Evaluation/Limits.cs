using SyncHealth.Alerting.Rules;

namespace SyncHealth.Alerting.Evaluation;

/// <summary>Where bad begins and where good begins again, in the metric's unit.</summary>
public readonly record struct Limits(double Breach, double Recover)
{
    private const double Percent = 100;

    /// <summary>The thresholds as the rule writes them.</summary>
    public static Limits Of(AlertRule rule) => new(rule.Limit, rule.Recover);

    /// <summary>The thresholds that follow from a baseline: percentage points off a rate or share, percent of a duration, count or conflict rate.</summary>
    public static Limits From(AlertRule rule, RuleComparison comparison, double baseline)
    {
        var sign = rule.IsBadBelow ? -1 : 1;
        return rule.Traits is { IsShare: true, Unit: "percent" }
            ? new Limits(Math.Clamp(baseline + (sign * comparison.By), 0, Percent), Math.Clamp(baseline + (sign * comparison.RecoverBy), 0, Percent))
            : new Limits(Math.Max(baseline * (1 + (sign * comparison.By / Percent)), 0), Math.Max(baseline * (1 + (sign * comparison.RecoverBy / Percent)), 0));
    }
}
