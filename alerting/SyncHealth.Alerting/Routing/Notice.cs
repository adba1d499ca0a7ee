namespace SyncHealth.Alerting.Routing;

/// <summary>One receiver that has to hear of a transition.</summary>
public readonly record struct Notice(string Receiver, NoticeKind Kind);
