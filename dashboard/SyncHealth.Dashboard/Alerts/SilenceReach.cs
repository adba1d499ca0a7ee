using SyncHealth.Alerting.Routing;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Dashboard.Alerts;

/// <summary>What a silence would hold for.</summary>
/// <param name="Alerts">Alerts, in whatever state; the rule, where, and the state.</param>
/// <param name="Rules">Rules that may have alerts which it holds for.</param>
public sealed record SilenceReach(IReadOnlyList<(string Rule, string Place, string State)> Alerts, IReadOnlyList<string> Rules)
{
    /// <summary>What of <paramref name="targets"/> meets every condition.</summary>
    public static SilenceReach Of(IReadOnlyList<LabelMatcher> matchers, IReadOnlyList<SilenceTarget> targets) => new(
        [
            .. targets.Where(target => target.App is not null && matchers.All(matcher => matcher.Matches(target.Labels)))
                .Select(target => (target.Rule, string.Join(", ", new[] { target.App!, AlertPhrases.Place(target.Segment) }.Where(part => part.Length > 0)), target.State!)),
        ],
        [.. targets.Where(target => target.App is null && matchers.All(matcher => matcher.MayMatch(target.Labels))).Select(target => target.Rule)]);
}
