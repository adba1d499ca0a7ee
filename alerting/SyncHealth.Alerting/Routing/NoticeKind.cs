namespace SyncHealth.Alerting.Routing;

/// <summary>What a receiver is told.</summary>
public enum NoticeKind
{
    /// <summary>An incident has begun.</summary>
    Trigger = 1,

    /// <summary>An incident is over.</summary>
    Resolve = 2,

    /// <summary>A group of alerts has changed, or is told again.</summary>
    Update = 3,

    /// <summary>Somebody is on the incident.</summary>
    Acknowledge = 4,

    /// <summary>A summary at a chosen hour.</summary>
    Digest = 5,
}
