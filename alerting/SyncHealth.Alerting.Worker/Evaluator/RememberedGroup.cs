using SyncHealth.Alerting.Routing;

namespace SyncHealth.Alerting.Worker.Evaluator;

/// <summary>What is stored of a group between rounds.</summary>
/// <param name="Interval">Shortest time between two messages, as its route last said: the end is told also when no alert leads there any more.</param>
internal sealed record RememberedGroup(GroupState State, TimeSpan Interval);
