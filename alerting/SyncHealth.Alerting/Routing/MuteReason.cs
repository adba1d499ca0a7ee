namespace SyncHealth.Alerting.Routing;

/// <summary>Why an alert's messages are held back.</summary>
public enum MuteReason
{
    /// <summary>Somebody silenced it.</summary>
    Silenced = 1,

    /// <summary>The same metric is in breach over the whole fleet, and its alert says so already.</summary>
    Inhibited = 2,

    /// <summary>It begins and ends again and again; receivers hold one incident open until it is quiet.</summary>
    Flapping = 3,

    /// <summary>A mute time of its route holds; whoever would be told is told when it ends.</summary>
    OffHours = 4,
}
