using SyncHealth.Alerting.States;

namespace SyncHealth.Alerting.Routing;

/// <summary>Whom to tell after an evaluation, of what, and the state that remembers it.</summary>
/// <param name="Subject">The transition that the notices are about; null when there are none.</param>
public sealed record Routed(AlertState State, IReadOnlyList<Notice> Notices, AlertTransition? Subject);
