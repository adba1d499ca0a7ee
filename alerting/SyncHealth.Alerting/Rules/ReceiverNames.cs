namespace SyncHealth.Alerting.Rules;

/// <summary>Checks the receivers that rules name against those that are configured.</summary>
public static class ReceiverNames
{
    /// <summary>
    /// Names a rule may not use: neither configured nor one of the names the shipped rules use (<c>pagerduty</c>, <c>slack</c>, <c>jira</c>),
    /// which are always allowed, so that a house with only Slack can keep the shipped rules. A rule none of whose receivers is configured
    /// evaluates all the same and counts as reaching nobody.
    /// </summary>
    public static IReadOnlyList<RuleProblem> Check(IEnumerable<AlertRule> rules, IReadOnlyCollection<string> configured)
    {
        var allowed = configured.Union(ReceiverType.ShippedNames).Order().ToArray();
        return [.. rules.SelectMany(rule => rule.Notify
            .Where(name => !allowed.Contains(name))
            .Select(name => new RuleProblem(rule.Line, $"rules[{rule.Name}].notify", $"receiver '{name}' is not configured. Allowed: {string.Join(", ", allowed)}.")))];
    }
}
