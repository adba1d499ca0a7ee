namespace SyncHealth.Alerting.Routing;

/// <summary>What a round did to a group: its new state, and what is said about it.</summary>
/// <param name="Kind">Null when nothing is said.</param>
/// <param name="Members">The alerts that the message tells of.</param>
/// <param name="Ended">How many of those told before are over.</param>
public sealed record GroupStep(GroupState State, NoticeKind? Kind, IReadOnlyList<GroupMember> Members, int Ended);
