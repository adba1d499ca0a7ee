using SyncHealth.Alerting.Routing;

namespace SyncHealth.Alerting.Worker.Evaluator;

/// <summary>An open alert that one of its routes tells together with others.</summary>
/// <param name="Leg">The route.</param>
/// <param name="Wait">How long the alert's first message waits.</param>
internal sealed record GroupEntry(GroupKey Key, ReachLeg Leg, GroupMember Member, TimeSpan Wait);
