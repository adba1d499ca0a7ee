using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;

namespace SyncHealth.Alerting.Routing;

/// <summary>Decides who hears of a transition.</summary>
public static class Router
{
    /// <summary>The configured ones of the receivers a rule names.</summary>
    public static IReadOnlyList<string> Reached(AlertRule rule, IReadOnlyCollection<string> configured) =>
        [.. rule.Notify.Where(configured.Contains)];

    /// <summary>
    /// Those to tell of <paramref name="transition"/>. The end of an incident goes to exactly those who were told of its beginning,
    /// even if the rule was edited or removed meanwhile.
    /// </summary>
    public static IReadOnlyList<Notice> Notices(AlertTransition transition, AlertState state, IReadOnlyList<string> reached)
    {
        if (transition.Opens)
            return [.. reached.Select(receiver => new Notice(receiver, NoticeKind.Trigger))];
        return transition.Closes ? [.. state.Told.Select(receiver => new Notice(receiver, NoticeKind.Resolve))] : [];
    }
}
