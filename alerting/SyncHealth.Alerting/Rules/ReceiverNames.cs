using SyncHealth.Alerting.Digests;
using SyncHealth.Alerting.Routing;

namespace SyncHealth.Alerting.Rules;

/// <summary>Checks the receivers that rules and routes name against those that are configured.</summary>
public static class ReceiverNames
{
    /// <summary>
    /// Names that rules and routes may not use: neither configured nor one of the names the shipped rules use (<c>pagerduty</c>, <c>slack</c>, <c>jira</c>),
    /// which are always allowed, so that a house with only Slack can keep the shipped rules. A rule none of whose receivers is configured
    /// evaluates all the same and counts as reaching nobody.
    /// </summary>
    public static IReadOnlyList<RuleProblem> Check(IEnumerable<AlertRule> rules, IReadOnlyList<Route> routes, IReadOnlyCollection<string> configured, IReadOnlyList<DigestDefinition>? digests = null)
    {
        var allowed = configured.Union(ReceiverType.ShippedNames).Order().ToArray();
        return [.. rules.SelectMany(rule => Check(rule.Notify, rule.Line, $"rules[{rule.Name}]", allowed)), .. Check(routes, "routes", allowed),
            .. (digests ?? []).SelectMany(digest => Check(digest.Notify, digest.Line, $"digests[{digest.Name}]", allowed))];
    }

    private static IEnumerable<RuleProblem> Check(IReadOnlyList<Route> routes, string path, string[] allowed) => routes.Index().SelectMany(
        branch => Check(branch.Item.Notify ?? [], branch.Item.Line, $"{path}[{branch.Index}]", allowed).Concat(Check(branch.Item.Routes, $"{path}[{branch.Index}].routes", allowed)));

    private static IEnumerable<RuleProblem> Check(IEnumerable<string> names, int line, string path, string[] allowed) => names
        .Where(name => !allowed.Contains(name))
        .Select(name => new RuleProblem(line, $"{path}.notify", $"receiver '{name}' is not configured. Allowed: {string.Join(", ", allowed)}."));
}
