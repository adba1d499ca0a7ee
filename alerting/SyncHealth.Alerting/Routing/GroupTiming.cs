namespace SyncHealth.Alerting.Routing;

/// <summary>When a group speaks.</summary>
/// <param name="Wait">How long its first message waits for further alerts.</param>
/// <param name="Interval">Shortest time between two messages.</param>
/// <param name="Repeat">After how long an unchanged group is told again; zero for never.</param>
public readonly record struct GroupTiming(TimeSpan Wait, TimeSpan Interval, TimeSpan Repeat);
